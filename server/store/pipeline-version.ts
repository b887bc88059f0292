import { eq } from "drizzle-orm";
import { pipelineVersion, versionEdge, versionNode } from "@/drizzle/schema/engine";
import { pathPattern } from "@/lib/dag/glob";
import type { Graph, GraphNode } from "@/lib/dag/graph";
import { isNamedFile } from "@/lib/dag/is-match";
import type { PipelineDefinition } from "@/lib/pipeline/definition";
import type { Tx } from "@/server/store/database";
import type { Reader } from "@/server/store/reader";

const rowsPerInsert = 2000;

/** Adds the version of a pipeline with its graph unless it is known: versions are immutable. */
export async function savePipelineVersion(
  tx: Tx,
  hash: string,
  version: { readonly definition: PipelineDefinition; readonly graph: Graph },
): Promise<void> {
  const { definition, graph } = version;
  const made = await tx
    .insert(pipelineVersion)
    .values({ hash, pipelineId: definition.id, definition })
    .onConflictDoNothing()
    .returning({ hash: pipelineVersion.hash });
  if (made.length === 0) return;
  const nodes = graph.nodes.map(({ id, position, fan, planner, upstream, inputs, hold, pool, cpus, priority }) => {
    const hasMain = inputs.some(({ role }) => role === "main");
    const streams = inputs.some(({ stream }) => stream);
    const plan = { position, fan, planner, upstreamTotal: upstream.length, hasMain, streams, hold };
    return { hash, nodeId: id, ...plan, pool, cpus, priority };
  });
  const edges = graph.nodes.flatMap((node) => edgesInto(node).map((edge) => ({ hash, ...edge })));
  for (let at = 0; at < nodes.length; at += rowsPerInsert)
    await tx.insert(versionNode).values(nodes.slice(at, at + rowsPerInsert));
  for (let at = 0; at < edges.length; at += rowsPerInsert)
    await tx.insert(versionEdge).values(edges.slice(at, at + rowsPerInsert));
}

function edgesInto(node: GraphNode): readonly Omit<typeof versionEdge.$inferInsert, "hash">[] {
  const inputs = node.inputs.map((input, ordinal) => ({
    fromNode: input.node,
    toNode: node.id,
    input: input.name,
    ordinal,
    role: input.role,
    pattern: pathPattern(input.path),
    named: isNamedFile(input.path),
    streaming: input.stream,
  }));
  const read = new Set(inputs.map(({ fromNode }) => fromNode));
  const after = node.upstream
    .filter((id) => !read.has(id))
    .map((fromNode, index) => ({
      ...{ fromNode, toNode: node.id, input: "", ordinal: inputs.length + index },
      ...{ role: "after" as const, pattern: null, named: false, streaming: false },
    }));
  return [...inputs, ...after];
}

export async function readDefinition(db: Reader, hash: string): Promise<PipelineDefinition | null> {
  const [row] = await db
    .select({ definition: pipelineVersion.definition })
    .from(pipelineVersion)
    .where(eq(pipelineVersion.hash, hash));
  return row?.definition ?? null;
}
