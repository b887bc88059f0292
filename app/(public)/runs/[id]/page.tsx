import type { Metadata } from "next";
import { headers } from "next/headers";
import { notFound } from "next/navigation";
import { getLocale } from "next-intl/server";
import { pipelineTitles } from "@/app/_shell/pipeline-titles";
import { RunScreen } from "@/app/(public)/runs/[id]/run-screen.client";
import { isNereusError } from "@/lib/errors";
import { may } from "@/server/services/permissions";
import { findAnyPipeline } from "@/server/services/pipelines/find-any-pipeline";
import { portalContext } from "@/server/services/portal-context";
import { getRun } from "@/server/services/runs/get-run";
import { rightsOfRun } from "@/server/services/runs/rights-of-run";

export async function generateMetadata({ params }: { params: Promise<{ id: string }> }): Promise<Metadata> {
  return { title: (await params).id };
}

export default async function RunPage({ params }: { params: Promise<{ id: string }> }) {
  const { service } = await portalContext(await headers());
  const run = await getRun(service, (await params).id).catch((error: unknown) => {
    if (isNereusError(error, "run-unknown")) notFound();
    throw error;
  });
  const titles = await pipelineTitles(service, await getLocale());
  const nodes = (await findAnyPipeline(service.db, run.pipelineId))?.definition.nodes ?? [];
  return (
    <RunScreen
      initial={run}
      title={titles[run.pipelineId] ?? run.pipelineId}
      publishers={nodes.flatMap((node) => (node.product ? [{ nodeId: node.id, productId: node.product }] : []))}
      rights={await rightsOfRun(service, run.id)}
      mayReadLogs={may(service.actor, "read logs")}
    />
  );
}
