import { buildGraph, type Graph } from "@/lib/dag/graph";
import type { NodeId } from "@/lib/ids";
import type { JobNode, NodeDefinition, PipelineDefinition } from "@/lib/pipeline/definition";
import { isWaiting } from "@/lib/pipeline/is-waiting";
import { readDefinition } from "@/server/store/pipeline-version";
import type { Reader } from "@/server/store/reader";

type PinnedPipeline = { readonly definition: PipelineDefinition; readonly graph: Graph };

/** Versions are immutable, so what was read once stays true; attempts that start together wait for one look. */
const known = new Map<string, Promise<PinnedPipeline>>();
const mostKept = 200;

/** The pipeline version that a run is pinned to. */
export function readPinnedPipeline(db: Reader, versionHash: string): Promise<PinnedPipeline> {
  const kept = known.get(versionHash);
  if (kept) return kept;
  if (known.size >= mostKept) known.clear();
  const made = readAndBuild(db, versionHash);
  known.set(versionHash, made);
  made.catch(() => known.delete(versionHash));
  return made;
}

async function readAndBuild(db: Reader, versionHash: string): Promise<PinnedPipeline> {
  const definition = await readDefinition(db, versionHash);
  if (definition === null) throw new Error(`pipeline version ${versionHash} is not in the database`);
  return { definition, graph: buildGraph(definition) };
}

/** The node of that id; a run's tasks name only nodes of its own version. */
export function nodeOfPipeline(definition: PipelineDefinition, nodeId: NodeId): NodeDefinition {
  const node = definition.nodes.find(({ id }) => id === nodeId);
  if (!node) throw new Error(`pipeline ${definition.id} has no node ${nodeId}`);
  return node;
}

/** The same of a task that is a job. */
export function jobNodeOf(definition: PipelineDefinition, nodeId: NodeId): JobNode {
  const node = nodeOfPipeline(definition, nodeId);
  if (isWaiting(node)) throw new Error(`node ${nodeId} of pipeline ${definition.id} is no job`);
  return node;
}
