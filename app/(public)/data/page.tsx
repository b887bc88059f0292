import type { Metadata } from "next";
import { headers } from "next/headers";
import Link from "next/link";
import { getLocale, getTranslations } from "next-intl/server";
import { buttonClass } from "@/app/_ui/button";
import { PageHead } from "@/app/_ui/page-head";
import { EmptyBox } from "@/app/_ui/state-box";
import { StateChip } from "@/app/_ui/state-chip";
import { type Column, Table } from "@/app/_ui/table";
import { RunTicks } from "@/app/(public)/data/run-ticks";
import { ageText } from "@/lib/map/freshness";
import { formatLocal } from "@/lib/messages/format-time";
import { portalContext } from "@/server/services/portal-context";
import { listProducts, type ProductListItem } from "@/server/services/products/list-products";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("data"))("title") };
}

export default async function CataloguePage() {
  const t = await getTranslations("data");
  const locale = await getLocale();
  const { service } = await portalContext(await headers());
  const products = await listProducts(service);
  const nowMs = service.now().getTime();
  const columns: readonly Column<ProductListItem>[] = [
    {
      key: "product",
      title: t("product"),
      cell: (item) => (
        <Link href={`/data/${item.productId}`} prefetch={false} className="block font-medium hover:underline">
          {item.title[locale]}
          <span className="code block text-ink-3 text-xs">{item.productId}</span>
        </Link>
      ),
    },
    { key: "grid", title: t("grid"), cell: (item) => item.domain },
    {
      key: "time",
      title: t("time"),
      cell: ({ newest }) =>
        newest.firstTimeUtc && newest.lastTimeUtc
          ? t("times", {
              first: formatLocal(newest.firstTimeUtc, locale),
              last: formatLocal(newest.lastTimeUtc, locale),
            })
          : "",
    },
    {
      key: "newest",
      title: t("newest"),
      cell: ({ newest }) => (
        <span className="grid justify-items-start gap-1 max-md:justify-items-end">
          <StateChip
            state={newest.state}
            label={
              newest.state === "complete"
                ? undefined
                : t("hoursOf", { steps: newest.steps, total: newest.expectedSteps })
            }
          />
          <span className="text-ink-3 text-xs">
            {t("runAge", {
              run: newest.cycle ?? newest.runId.slice(0, 10),
              age: ageText(newest.publishedAt, nowMs, locale),
            })}
          </span>
        </span>
      ),
    },
    { key: "history", title: t("history"), cell: (item) => <RunTicks publications={[item.newest, ...item.history]} /> },
    {
      key: "formats",
      title: t("openAs"),
      cell: ({ newest }) => (
        <span className="flex gap-1.5">
          {["Zarr", ...(newest.netcdf ? ["NetCDF"] : []), ...(newest.cog.length > 0 ? ["COG"] : [])].map((format) => (
            <span key={format} className="rounded-1 border border-line-2 px-2 py-0.5 text-xs">
              {format}
            </span>
          ))}
        </span>
      ),
    },
  ];
  return (
    <div className="min-h-full bg-surface">
      <PageHead title={t("title")} aside={`${t("aside", { count: products.length })} · ${t("licenceNote")}`}>
        <Link href="/preview" prefetch={false} className={buttonClass()}>
          {t("lookInto")}
        </Link>
      </PageHead>
      {products.length === 0 ? (
        <EmptyBox title={t("empty")} />
      ) : (
        <Table caption={t("title")} columns={columns} rows={products} rowKey={(item) => item.productId} />
      )}
    </div>
  );
}
