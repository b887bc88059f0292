import { useLocale, useTranslations } from "next-intl";
import { Banner } from "@/app/_ui/banner";
import { ageText } from "@/lib/map/freshness";
import { formatInstant } from "@/lib/messages/format-time";
import type { ProductView } from "@/server/services/products/get-product";
import type { Publication } from "@/server/services/products/list-products";

type Props = { product: ProductView; newest: Publication | null; nowMs: number };

/** Run, age and all that makes the numbers worth less than usual. */
export function Freshness({ product, newest, nowMs }: Props) {
  const t = useTranslations("data");
  const locale = useLocale();
  const { description, coverage, runId, cycle, publishedAt } = product;
  const counts = { steps: coverage.steps.length, total: coverage.expectedSteps };
  const isOlder = newest !== null && newest.runId !== runId;
  return (
    <div className="grid gap-2">
      <p className="text-ink-2 text-sm">
        {t("runAge", { run: cycle ?? runId, age: ageText(publishedAt, nowMs, locale) })} ·{" "}
        {formatInstant(publishedAt, locale)}
      </p>
      {isOlder ? <Banner kind="warn">{t("older", { run: newest.cycle ?? newest.runId })}</Banner> : null}
      {coverage.state === "running" ? <Banner kind="info">{t("running", counts)}</Banner> : null}
      {coverage.state === "partial" ? <Banner kind="warn">{t("partial", counts)}</Banner> : null}
      {coverage.state === "failed" ? <Banner kind="bad">{t("failed")}</Banner> : null}
      {description.demonstration ? <Banner kind="info">{t("demonstration")}</Banner> : null}
      {description.degraded.map((label) => (
        <Banner key={label.code} kind="warn">
          {label.text[locale]}
        </Banner>
      ))}
    </div>
  );
}
