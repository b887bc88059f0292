import type { Metadata } from "next";
import { headers } from "next/headers";
import Link from "next/link";
import { notFound } from "next/navigation";
import { getLocale, getTranslations } from "next-intl/server";
import { firstValue, type QueryValue } from "@/app/_shell/first-value";
import { buttonClass } from "@/app/_ui/button";
import { CopyButton } from "@/app/_ui/copy-button.client";
import { Icon } from "@/app/_ui/icon";
import { StateChip } from "@/app/_ui/state-chip";
import { Addresses } from "@/app/(public)/data/[product]/addresses";
import { Downloads } from "@/app/(public)/data/[product]/downloads";
import { Freshness } from "@/app/(public)/data/[product]/freshness";
import { PublicationList } from "@/app/(public)/data/[product]/publication-list";
import { VariableTable } from "@/app/(public)/data/[product]/variable-table";
import { isNereusError } from "@/lib/errors";
import { originOf } from "@/server/api/origin-of";
import { portalContext } from "@/server/services/portal-context";
import { getProduct } from "@/server/services/products/get-product";
import { listProducts } from "@/server/services/products/list-products";

type Props = { params: Promise<{ product: string }>; searchParams: Promise<{ run?: QueryValue }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await params).product };
}

export default async function ProductPage({ params, searchParams }: Props) {
  const t = await getTranslations("data");
  const locale = await getLocale();
  const requestHeaders = await headers();
  const { service } = await portalContext(requestHeaders);
  const productId = (await params).product;
  const run = firstValue((await searchParams).run) ?? "latest";
  const product = await getProduct(service, { productId, run }).catch((error: unknown) => {
    if (isNereusError(error, "product-unknown")) notFound();
    throw error;
  });
  const listed = (await listProducts(service)).find((item) => item.productId === productId);
  const { description, coverage } = product;
  const origin = originOf(requestHeaders);
  return (
    <div className="grid min-h-[calc(100dvh-var(--shell-top)-var(--shell-bottom))] bg-surface xl:grid-cols-[minmax(0,1fr)_480px]">
      <div className="min-w-0">
        <header className="grid gap-2.5 px-5 py-3.5">
          <p className="text-ink-3 text-sm">
            <Link href="/data" className="link">
              {t("title")}
            </Link>{" "}
            / <span className="code">{productId}</span>
          </p>
          <div className="flex flex-wrap items-center gap-3">
            <h1 className="text-xl">{description.title[locale]}</h1>
            <StateChip
              state={coverage.state}
              label={t("hoursOf", { steps: coverage.steps.length, total: coverage.expectedSteps })}
            />
            <div className="ml-auto flex gap-2">
              <Link href={`/?product=${productId}&run=${product.runId}`} className={buttonClass()}>
                <Icon name="layers" />
                {t("openMap")}
              </Link>
            </div>
          </div>
          <Freshness product={product} newest={listed?.newest ?? null} nowMs={service.now().getTime()} />
        </header>
        <VariableTable product={product} />
        <footer className="flex flex-wrap items-center gap-x-5 gap-y-2 px-5 py-4 text-ink-2 text-sm">
          <span>
            {t("licence")}: {description.licence}
          </span>
          <Link href={`/runs/${product.runId}`} className="link">
            {t("toRun")}
          </Link>
          <span className="flex items-center gap-1">
            {t("cite")}: {description.citation}
            <CopyButton text={`${description.citation}, ${product.storePath}`} what={t("cite")} />
          </span>
        </footer>
      </div>
      <aside className="grid content-start gap-5 border-line border-t bg-bg p-5 xl:border-t-0 xl:border-l">
        <Downloads product={product} />
        <Addresses product={product} origin={origin} />
        {listed ? (
          <PublicationList
            publications={[listed.newest, ...listed.history]}
            productId={productId}
            shown={product.runId}
          />
        ) : null}
      </aside>
    </div>
  );
}
