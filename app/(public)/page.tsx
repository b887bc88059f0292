import type { Metadata } from "next";
import { headers } from "next/headers";
import Link from "next/link";
import { getLocale, getTranslations } from "next-intl/server";
import { firstValue, type QueryValue } from "@/app/_shell/first-value";
import { ForecastScreen } from "@/app/(public)/_forecast/forecast-screen.client";
import { loadProducts } from "@/app/(public)/_forecast/load-products";
import { readPermalink } from "@/app/(public)/_forecast/permalink";
import styles from "@/app/(public)/_forecast/screen.module.css";
import { WaitingScreen } from "@/app/(public)/_forecast/waiting-screen.client";
import { portalContext } from "@/server/services/portal-context";

type PageProps = { searchParams: Promise<Record<string, QueryValue>> };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("map");
  return { title: t("title"), description: t("description") };
}

/** The forecast map; the run that it shows is resolved here, so that no request precedes the data. */
export default async function ForecastPage({ searchParams }: PageProps) {
  const link = readPermalink(firstValues(await searchParams));
  const { service } = await portalContext(await headers());
  const products = await loadProducts(service, link);
  const isThere = link.run === null || products.some(({ pinned }) => pinned);
  if (products.length === 0 || !isThere) return <NothingYet run={isThere ? null : link.run} />;
  const locale = (await getLocale()) === "it" ? "it" : "en";
  return <ForecastScreen locale={locale} products={products} link={link} nowUtc={service.now().toISOString()} />;
}

/** Looks again by itself: the first hour appears without a reload. */
async function NothingYet({ run }: { run: string | null }) {
  const t = await getTranslations("map");
  return (
    <WaitingScreen>
      <div className={styles.empty}>
        <section className={styles.emptyBox}>
          <h1>{run ? t("waiting", { run: run.slice(0, 8) }) : t("empty")}</h1>
          <p>{run ? t("waitingText") : t("emptyText")}</p>
          <nav>
            {run ? (
              <Link className="link" href={`/runs/${encodeURIComponent(run)}`}>
                {t("seeRun")}
              </Link>
            ) : (
              <Link className="link" href="/requests">
                {t("requestSmoke")}
              </Link>
            )}
          </nav>
        </section>
      </div>
    </WaitingScreen>
  );
}

function firstValues(query: Record<string, QueryValue>): URLSearchParams {
  const pairs = Object.entries(query).map(([name, value]) => [name, firstValue(value) ?? ""]);
  return new URLSearchParams(pairs.filter(([, value]) => value !== ""));
}
