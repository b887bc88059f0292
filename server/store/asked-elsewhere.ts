import { desc, inArray, notInArray } from "drizzle-orm";
import { pipelineVersion, run } from "@/drizzle/schema/engine";
import { readInputs } from "@/lib/dag/graph";
import { isTerminalRun, runStates } from "@/lib/dag/state";
import type { PipelineDefinition } from "@/lib/pipeline/definition";
import type { Reader } from "@/server/store/reader";

const endedStates = runStates.filter(isTerminalRun);

/**
 * Nodes whose files other pipelines, or other cycles of the same one, ask for, as `pipeline/node`; true while a run that does
 * is live. Looked at are the newest version of each pipeline and those of live runs.
 */
export async function readAskedElsewhere(db: Reader): Promise<ReadonlyMap<string, boolean>> {
  const live = await db.selectDistinct({ hash: run.versionHash }).from(run).where(notInArray(run.state, endedStates));
  const newest = await db
    .selectDistinctOn([pipelineVersion.pipelineId], { hash: pipelineVersion.hash })
    .from(pipelineVersion)
    .orderBy(pipelineVersion.pipelineId, desc(pipelineVersion.createdAt));
  const liveHashes = new Set(live.map(({ hash }) => hash));
  const hashes = [...new Set([...liveHashes, ...newest.map(({ hash }) => hash)])];
  if (hashes.length === 0) return new Map();
  const versions = await db
    .select({ hash: pipelineVersion.hash, definition: pipelineVersion.definition })
    .from(pipelineVersion)
    .where(inArray(pipelineVersion.hash, hashes));
  const asked = new Map<string, boolean>();
  for (const { hash, definition } of versions) {
    for (const place of placesOf(definition)) asked.set(place, (asked.get(place) ?? false) || liveHashes.has(hash));
  }
  return asked;
}

function placesOf(definition: PipelineDefinition): readonly string[] {
  return definition.nodes.flatMap((node) =>
    readInputs(node).flatMap(({ node: producer, external, fallback }) => {
      if (external !== null) return [`${external.workflow ?? definition.id}/${producer}`];
      return fallback?.kind === "cycle" ? [`${definition.id}/${producer}`] : [];
    }),
  );
}
