import type { Metadata } from "next";
import { headers } from "next/headers";
import { notFound } from "next/navigation";
import { getLocale } from "next-intl/server";
import { pipelineTitles } from "@/app/_shell/pipeline-titles";
import { ExternalScreen } from "@/app/(public)/runs/[id]/external-screen.client";
import { RunScreen } from "@/app/(public)/runs/[id]/run-screen.client";
import { isNereusError } from "@/lib/errors";
import { getExternalRun } from "@/server/services/external/get-external-run";
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
  const { id } = await params;
  const run = await orNull(getRun(service, id));
  if (run === null) {
    const external = await orNull(getExternalRun(service, id));
    return external === null ? (
      notFound()
    ) : (
      <ExternalScreen initial={external} mayDelete={may(service.actor, "delete reported runs")} />
    );
  }
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

/** A run that is not there under this id. */
function orNull<T>(run: Promise<T>): Promise<T | null> {
  return run.catch((error: unknown) => {
    if (isNereusError(error, "run-unknown")) return null;
    throw error;
  });
}
