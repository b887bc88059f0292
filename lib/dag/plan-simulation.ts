import { readInputs } from "@/lib/dag/graph";
import type { SimulatedAttempt, SimulatedFile, SimulationPlan } from "@/lib/dag/simulate";
import type { NodeDefinition, PipelineDefinition } from "@/lib/pipeline/definition";

/** How a task of an earlier run went. */
export type RecordedTask = {
  readonly nodeId: string;
  readonly key: string;
  readonly durationSeconds: number;
  /** With the time of their commitment, counted from the start of the task. */
  readonly files: readonly Required<Pick<SimulatedFile, "path" | "sizeBytes" | "metadata" | "afterSeconds">>[];
};

/** What is assumed in place of what was recorded, by node. */
export type GivenNumbers = {
  readonly durationsSeconds: Readonly<Record<string, number>>;
  /** Files that each task of a node makes. */
  readonly files: Readonly<Record<string, number>>;
};

/**
 * Assumptions for a simulation: each task takes as long and makes the files as its like in an earlier run, unless numbers
 * are given; a task without its like goes as the first of its node. What nothing is known of takes no time and makes one
 * file for each output of its node and each path that others read of it.
 * @param slots  by pool
 * @returns the plan, and the nodes of which no duration is known
 */
export function planSimulation(
  definition: PipelineDefinition,
  recorded: readonly RecordedTask[],
  { slots, given }: { readonly slots: ReadonlyMap<string, number>; readonly given: GivenNumbers },
): { readonly plan: SimulationPlan; readonly unknown: readonly string[] } {
  const firsts = new Map<string, RecordedTask>();
  const likes = new Map<string, RecordedTask>();
  for (const task of recorded) {
    if (!firsts.has(task.nodeId)) firsts.set(task.nodeId, task);
    likes.set(`${task.nodeId}/${task.key}`, task);
  }
  const patterns = patternsByNode(definition.nodes);
  const attempt: SimulationPlan["attempt"] = ({ nodeId, key }) => {
    const like = likes.get(`${nodeId}/${key}`) ?? firsts.get(nodeId);
    const durationSeconds = given.durationsSeconds[nodeId] ?? like?.durationSeconds ?? 0;
    const count = given.files[nodeId];
    const files =
      count === undefined && like !== undefined
        ? stretched(like, durationSeconds)
        : inventedFiles(patterns.get(nodeId) ?? [], count ?? 1);
    return { durationSeconds, outcome: "completed", files };
  };
  const unknown = definition.nodes
    .map(({ id }) => id as string)
    .filter((id) => given.durationsSeconds[id] === undefined && !firsts.has(id));
  return { plan: { slots, attempt }, unknown };
}

/** Files keep their share of the duration. */
function stretched({ files, durationSeconds }: RecordedTask, newSeconds: number): SimulatedAttempt["files"] {
  const factor = durationSeconds > 0 ? newSeconds / durationSeconds : 1;
  return files.map((file) => ({ ...file, afterSeconds: file.afterSeconds * factor }));
}

/** Globs of what a node makes, and files or globs that other nodes read of it; folders say nothing. */
function patternsByNode(nodes: readonly NodeDefinition[]): ReadonlyMap<string, readonly string[]> {
  const patterns = new Map<string, string[]>(
    nodes.map(({ id, outputs }) => [id, outputs.map(({ pattern }) => pattern)]),
  );
  for (const node of nodes)
    for (const { node: producer, path, external } of readInputs(node))
      if (external === null && path !== "" && !path.endsWith("/")) patterns.get(producer)?.push(path);
  return patterns;
}

function inventedFiles(patterns: readonly string[], count: number): SimulatedAttempt["files"] {
  const paths = patterns.flatMap((pattern) => Array.from({ length: count }, (_, index) => nameLike(pattern, index)));
  return [...new Set(paths)].map((path) => ({ path }));
}

/** A path that the glob matches. */
const nameLike = (pattern: string, index: number): string =>
  pattern
    .replace(/\[!?([^\]])[^\]]*\]/g, "$1")
    .replace(/\*+/g, `x${index}`)
    .replace(/\?/g, String(index % 10));
