import type { Metadata } from "next";
import { headers } from "next/headers";
import Link from "next/link";
import { getLocale, getTranslations } from "next-intl/server";
import { Banner } from "@/app/_ui/banner";
import { buttonClass } from "@/app/_ui/button";
import { PageHead } from "@/app/_ui/page-head";
import { FarmDesk } from "@/app/(public)/farms/farm-desk.client";
import { StatusTable } from "@/app/(public)/farms/status-table";
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

export default async function FarmsPage({ searchParams }: { searchParams: Promise<{ run?: string }> }) {
  const { run } = await searchParams;
  const t = await getTranslations("farms");
  const locale: Locale = (await getLocale()) === "it" ? "it" : "en";
  const { service } = await portalContext(await headers());
  const status = await readStatus(service, run);
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
        {status ? null : <p className="text-ink-2 text-sm">{t("none")}</p>}
      </div>
      {status ? <StatusTable report={status.report} locale={locale} /> : null}
      {mayKeep ? (
        <FarmDesk
          farms={await listFarms(service)}
          sources={await listSeaSources(service)}
          nowUtc={service.now().toISOString()}
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
