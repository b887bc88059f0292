import { and, asc, eq, inArray, isNotNull } from "drizzle-orm";
import { node, nodeEdge, pipelineVersion, run } from "@/drizzle/schema/engine";
import type { Graph } from "@/lib/dag/graph";
import type { RunState } from "@/lib/dag/state";
import { asId, type CyclePoint, type PipelineId, type RunId } from "@/lib/ids";
import type { PipelineDefinition } from "@/lib/pipeline/definition";
import type { Tx } from "@/server/store/database";
import { mintId } from "@/server/store/mint-id";
import type { Reader } from "@/server/store/reader";

export type RunRow = typeof run.$inferSelect;
type NewRun = Omit<typeof run.$inferInsert, "id" | "state" | "createdAt"> & { readonly createdAt: Date };

const liveStates: readonly RunState[] = ["pending", "running", "held"];

/** Adds the version of a pipeline unless it is known: versions are immutable. */
export async function savePipelineVersion(tx: Tx, hash: string, definition: PipelineDefinition): Promise<void> {
  await tx.insert(pipelineVersion).values({ hash, pipelineId: definition.id, definition }).onConflictDoNothing();
}

export async function readDefinition(db: Reader, hash: string): Promise<PipelineDefinition | null> {
  const [row] = await db
    .select({ definition: pipelineVersion.definition })
    .from(pipelineVersion)
    .where(eq(pipelineVersion.hash, hash));
  return row?.definition ?? null;
}

/**
 * Adds a run with its nodes and edges, all waiting.
 * @returns null when a run of that idempotency key, or of that pipeline and cycle, is already there
 */
export async function insertRun(tx: Tx, values: NewRun, graph: Graph): Promise<RunId | null> {
  const id = asId<RunId>(mintId("r", values.createdAt));
  const [made] = await tx
    .insert(run)
    .values({ ...values, id, state: "pending" })
    .onConflictDoNothing()
    .returning({ id: run.id });
  if (!made) return null;
  const nodes = graph.nodes.map(({ id: nodeId, position, upstream }) => ({
    runId: id,
    nodeId,
    position,
    upstreamLeft: upstream.length,
  }));
  const edges = graph.nodes.flatMap((to) =>
    to.upstream.map((from) => ({ runId: id, fromNode: from, toNode: to.id, streaming: to.streamsFrom === from })),
  );
  await tx.insert(node).values(nodes);
  if (edges.length > 0) await tx.insert(nodeEdge).values(edges);
  return id;
}

export async function findRun(db: Reader, runId: RunId): Promise<RunRow | null> {
  const [row] = await db.select().from(run).where(eq(run.id, runId));
  return row ?? null;
}

export async function findRunByKey(db: Reader, idempotencyKey: string): Promise<RunRow | null> {
  const [row] = await db.select().from(run).where(eq(run.idempotencyKey, idempotencyKey));
  return row ?? null;
}

export async function findRunOfCycle(db: Reader, pipelineId: PipelineId, cycle: CyclePoint): Promise<RunRow | null> {
  const [row] = await db
    .select()
    .from(run)
    .where(and(eq(run.pipelineId, pipelineId), eq(run.cycle, cycle)));
  return row ?? null;
}

/** Takes the run for a transition: transitions of one run follow one another. */
export async function lockRun(tx: Tx, runId: RunId): Promise<RunRow | null> {
  const [row] = await tx.select().from(run).where(eq(run.id, runId)).for("no key update");
  return row ?? null;
}

/** Notes that somebody wants the run to end; false when it has ended or was asked before. */
export async function requestCancel(
  tx: Tx,
  runId: RunId,
  wish: { readonly reason: string; readonly at: Date },
): Promise<boolean> {
  const rows = await tx
    .update(run)
    .set({ cancelRequestedAt: wish.at, cancelReason: wish.reason })
    .where(and(eq(run.id, runId), inArray(run.state, liveStates)))
    .returning({ id: run.id });
  return rows.length > 0;
}

/** Runs that somebody wants to end and that have not. */
export async function listCancelRequested(
  db: Reader,
): Promise<readonly { readonly id: RunId; readonly reason: string }[]> {
  const rows = await db
    .select({ id: run.id, reason: run.cancelReason })
    .from(run)
    .where(and(isNotNull(run.cancelRequestedAt), inArray(run.state, liveStates)))
    .orderBy(asc(run.createdAt));
  return rows.map(({ id, reason }) => ({ id, reason: reason ?? "cancelled" }));
}

/** Every run that has not ended, oldest first. */
export async function listLiveRuns(db: Reader): Promise<readonly RunId[]> {
  const rows = await db
    .select({ id: run.id })
    .from(run)
    .where(inArray(run.state, liveStates))
    .orderBy(asc(run.createdAt));
  return rows.map(({ id }) => id);
}
