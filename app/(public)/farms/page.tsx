import type { Metadata } from "next";
import { headers } from "next/headers";
import Link from "next/link";
import { getLocale, getTranslations } from "next-intl/server";
import { firstValue, type QueryValue } from "@/app/_shell/first-value";
import { Banner } from "@/app/_ui/banner";
import { buttonClass } from "@/app/_ui/button";
import { PageHead } from "@/app/_ui/page-head";
import { FarmDesk } from "@/app/(public)/farms/farm-desk.client";
import { StatusTable } from "@/app/(public)/farms/status-table";
import type { StatusReport } from "@/lib/farms/status-report";
import { ageText } from "@/lib/map/freshness";
import { formatLocal } from "@/lib/messages/format-time";
import type { Locale } from "@/lib/messages/messages";
import { listFarms } from "@/server/services/farms/list-farms";
import { listSeaSources } from "@/server/services/farms/list-sea-sources";
import { readStatus } from "@/server/services/farms/read-status";
import { may } from "@/server/services/permissions";
import { portalContext } from "@/server/services/portal-context";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("farms"))("title") };
}

export default async function FarmsPage({ searchParams }: { searchParams: Promise<{ run?: QueryValue }> }) {
  const run = firstValue((await searchParams).run);
  const t = await getTranslations("farms");
  const locale: Locale = (await getLocale()) === "it" ? "it" : "en";
  const { service } = await portalContext(await headers());
  const status = await readStatus(service, run);
  const endedUtc = status === null ? null : endOf(status.report);
  const nowMs = service.now().getTime();
  const mayKeep = may(service.actor, "manage own farms");
  return (
    <div className="min-h-full bg-surface">
      <PageHead
        title={t("title")}
        aside={status ? t("published", { time: formatLocal(status.publishedAt, locale) }) : null}
      >
        {status ? (
          <>
            <Link href={`/runs/${status.runId}`} className={buttonClass()}>
              {t("openRun")}
            </Link>
            <Link href={`/?product=mussel&run=${status.runId}&layer=mussel-ecoli`} className={buttonClass()}>
              {t("openMap")}
            </Link>
          </>
        ) : null}
      </PageHead>
      <div className="grid gap-3 px-5 pb-4">
        <Banner kind="warn">{t("notOfficial")}</Banner>
        {status?.report.demonstration ? <Banner kind="info">{t("demonstration")}</Banner> : null}
        {endedUtc !== null && Date.parse(endedUtc) < nowMs ? (
          <Banner kind="warn">{t("past", { age: ageText(endedUtc, nowMs, locale) })}</Banner>
        ) : null}
        {status ? null : <p className="text-ink-2 text-sm">{t("none")}</p>}
      </div>
      {status ? <StatusTable report={status.report} locale={locale} nowUtc={new Date(nowMs).toISOString()} /> : null}
      {mayKeep ? (
        <FarmDesk
          farms={await listFarms(service)}
          sources={await listSeaSources(service)}
          nowUtc={new Date(nowMs).toISOString()}
          hoursLimit={service.config.limits.hours}
          mayMakeSea={may(service.actor, "start a routine run")}
        />
      ) : (
        <p className="border-line border-t px-5 py-4 text-sm">
          <Link href="/sign-in?next=/farms" className="font-medium underline">
            {t("signIn")}
          </Link>
        </p>
      )}
    </div>
  );
}

/** When the last day that a status tells of is over; null when it tells of none. */
function endOf({ farms }: StatusReport): string | null {
  const ends = farms.flatMap(({ days }) => days.map(({ toUtc }) => toUtc));
  return ends.sort().at(-1) ?? null;
}
