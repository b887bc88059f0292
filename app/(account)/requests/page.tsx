import type { Metadata } from "next";
import { headers } from "next/headers";
import Link from "next/link";
import { getLocale, getTranslations } from "next-intl/server";
import { pipelineTitles } from "@/app/_shell/pipeline-titles";
import { buttonClass } from "@/app/_ui/button";
import { Icon } from "@/app/_ui/icon";
import { PageHead } from "@/app/_ui/page-head";
import { RunsTable } from "@/app/(public)/runs/runs-table.client";
import { portalContext } from "@/server/services/portal-context";
import { listRuns } from "@/server/services/runs/list-runs";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("runs"))("requests") };
}

export default async function RequestsPage() {
  const t = await getTranslations("runs");
  const { service } = await portalContext(await headers());
  const runs = await listRuns(service, { limit: 100, pipelineId: "smoke" });
  const ask = (
    <Link href="/requests/new" className={buttonClass()}>
      {t("askOne")}
    </Link>
  );
  return (
    <div className="min-h-full bg-surface">
      <PageHead title={t("requests")}>
        <Link href="/requests/new" className={buttonClass({ variant: "primary" })}>
          <Icon name="plus" />
          {t("newRequest")}
        </Link>
      </PageHead>
      <RunsTable
        initial={runs}
        titles={await pipelineTitles(service, await getLocale())}
        pipelineId="smoke"
        emptyText={t("requestsEmpty")}
        emptyAct={ask}
      />
    </div>
  );
}
