"use client";
import { useLocale, useTranslations } from "next-intl";
import { Banner } from "@/app/_ui/banner";
import { SelectField } from "@/app/_ui/field";
import type { FormPart } from "@/app/(account)/requests/new/use-smoke-request.client";
import { formatLocal } from "@/lib/messages/format-time";
import type { MetSourceView } from "@/server/services/met/list-met-sources";

/** The weather source by its name, and the hours it holds. */
export function MetChoice({ typed, set, problems, sources }: FormPart & { sources: readonly MetSourceView[] }) {
  const t = useTranslations("requests");
  const locale = useLocale();
  const covers = sources.find((one) => one.source === typed.met)?.covers ?? null;
  const hint = covers
    ? t("sourceCovers", { first: formatLocal(covers.firstUtc, locale), last: formatLocal(covers.lastUtc, locale) })
    : t("sourceNone");
  return (
    <div className="grid gap-3 border-line border-t px-5 py-3.5">
      <SelectField
        label={t("weather")}
        value={typed.met}
        hint={hint}
        error={problems.met}
        onChange={(event) => set({ met: event.target.value })}
      >
        {sources.map(({ source }) => (
          <option key={source} value={source}>
            {source}
          </option>
        ))}
      </SelectField>
      {covers?.demonstration ? <Banner kind="info">{t("demonstration")}</Banner> : null}
    </div>
  );
}
