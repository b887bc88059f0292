import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { StateSquare } from "@/app/_ui/state-chip";
import { formatLocal } from "@/lib/messages/format-time";
import type { Publication } from "@/server/services/products/list-products";

type Props = { publications: readonly Publication[]; productId: string; shown: string };

/** Runs of the product, newest first; each opens as it was published. */
export function PublicationList({ publications, productId, shown }: Props) {
  const t = useTranslations("data");
  const locale = useLocale();
  return (
    <section className="grid gap-2">
      <h2 className="text-md">{t("runs")}</h2>
      <ul className="max-h-80 overflow-y-auto rounded-3 bg-surface shadow-1">
        {publications.map((one) => (
          <li key={`${one.runId}-${one.generation}`} className="border-line border-b last:border-b-0">
            <Link
              href={`/data/${productId}?run=${one.runId}`}
              prefetch={false}
              aria-current={one.runId === shown ? "page" : undefined}
              className="flex min-h-9 items-center gap-2.5 px-3 py-1.5 text-sm hover:bg-surface-2 aria-[current]:bg-accent-tint max-md:min-h-11"
            >
              <StateSquare state={one.state} />
              <span className="code min-w-0 flex-1 truncate">{one.cycle ?? one.runId}</span>
              <span className="text-ink-3 text-xs">{formatLocal(one.publishedAt, locale)}</span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
