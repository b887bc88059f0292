import { and, eq, isNotNull } from "drizzle-orm";
import { artifact, task } from "@/drizzle/schema/engine";
import { readInputs } from "@/lib/dag/graph";
import { isMatch } from "@/lib/dag/is-match";
import type { RunId, TaskId } from "@/lib/ids";
import type { NodeDefinition } from "@/lib/pipeline/definition";
import type { Reader } from "@/server/store/reader";

type Changed = Pick<typeof artifact.$inferSelect, "id" | "nodeId" | "path">;

/**
 * Files that changed after they were committed, by the tasks that have taken them: what such a task made may be wrong.
 * Empty at the cost of one look where nothing changed.
 */
export async function readChangedInputs(
  db: Reader,
  runId: RunId,
  nodes: readonly NodeDefinition[],
): Promise<ReadonlyMap<TaskId, readonly string[]>> {
  const { id, nodeId, path } = artifact;
  const changed = await db
    .select({ id, nodeId, path })
    .from(artifact)
    .where(and(eq(artifact.runId, runId), eq(artifact.superseded, false), isNotNull(artifact.taintedAt)));
  if (changed.length === 0) return new Map();
  const taken = new Map(nodes.map((node) => [node.id, takenBy(node, changed)]));
  const tasks = await db
    .select({ id: task.id, nodeId: task.nodeId, inputArtifactId: task.inputArtifactId })
    .from(task)
    .where(and(eq(task.runId, runId), eq(task.superseded, false), isNotNull(task.startedAt)));
  const found = tasks.map(({ inputArtifactId, ...one }) => {
    const { main = [], side = [] } = taken.get(one.nodeId) ?? {};
    const mains = inputArtifactId === null ? main : main.filter((file) => file.id === inputArtifactId);
    return [one.id, [...mains, ...side].map((file) => `${file.nodeId}/${file.path}`)] as const;
  });
  return new Map(found.filter(([, paths]) => paths.length > 0));
}

function takenBy(node: NodeDefinition, changed: readonly Changed[]) {
  const inputs = readInputs(node).filter(({ external }) => external === null);
  const of = (role: "main" | "side") =>
    changed.filter((file) =>
      inputs.some((input) => input.role === role && input.node === file.nodeId && isMatch(input.path, file.path)),
    );
  return { main: of("main"), side: of("side") };
}
