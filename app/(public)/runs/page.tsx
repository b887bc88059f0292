import type { Metadata } from "next";
import { headers } from "next/headers";
import { getLocale, getTranslations } from "next-intl/server";
import { pipelineTitles } from "@/app/_shell/pipeline-titles";
import { PageHead } from "@/app/_ui/page-head";
import { ExternalTable } from "@/app/(public)/runs/external-table.client";
import { RunsTable } from "@/app/(public)/runs/runs-table.client";
import { listExternalRuns } from "@/server/services/external/list-external-runs";
import { portalContext } from "@/server/services/portal-context";
import { listRuns } from "@/server/services/runs/list-runs";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("runs"))("title") };
}

export default async function RunsPage() {
  const t = await getTranslations("runs");
  const { service } = await portalContext(await headers());
  const runs = await listRuns(service, { limit: 100 });
  return (
    <div className="min-h-full bg-surface">
      <PageHead title={t("title")} />
      <RunsTable initial={runs} titles={await pipelineTitles(service, await getLocale())} emptyText={t("empty")} />
      <ExternalTable initial={await listExternalRuns(service, { limit: 100 })} />
    </div>
  );
}
