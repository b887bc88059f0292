import { and, asc, eq, isNotNull, lte } from "drizzle-orm";
import { runDeadline, task } from "@/drizzle/schema/engine";
import type { Graph } from "@/lib/dag/graph";
import type { RunId, TaskId } from "@/lib/ids";
import type { Tx } from "@/server/store/database";
import type { Reader } from "@/server/store/reader";

/** Writes when the inputs of a new run stop waiting for all that they could have. */
export async function insertDeadlines(tx: Tx, runId: RunId, of: { graph: Graph; startedAt: Date }): Promise<void> {
  const rows = of.graph.nodes.flatMap((node) =>
    node.inputs.flatMap(({ name, quorum }) => {
      if (quorum === null) return [];
      const dueAt = new Date(of.startedAt.getTime() + quorum.deadlineSeconds * 1000);
      return [{ runId, nodeId: node.id, input: name, dueAt }];
    }),
  );
  if (rows.length > 0) await tx.insert(runDeadline).values(rows);
}

/** Inputs of a run whose deadline has passed, as `node/input`. */
export async function readExpiredEdges(db: Reader, runId: RunId, now: Date): Promise<ReadonlySet<string>> {
  const rows = await db
    .select({ nodeId: runDeadline.nodeId, input: runDeadline.input })
    .from(runDeadline)
    .where(and(eq(runDeadline.runId, runId), lte(runDeadline.dueAt, now)));
  return new Set(rows.map(({ nodeId, input }) => `${nodeId}/${input}`));
}

/** Runs with a deadline that has passed and of which nobody has been told yet; they are told now. */
export async function takeDueDeadlines(db: Reader, now: Date): Promise<readonly RunId[]> {
  const rows = await db
    .update(runDeadline)
    .set({ isTold: true })
    .where(and(eq(runDeadline.isTold, false), lte(runDeadline.dueAt, now)))
    .returning({ runId: runDeadline.runId });
  return [...new Set(rows.map(({ runId }) => runId))];
}

/** Waiting tasks whose time has come, by run. */
export async function readDueTasks(db: Reader, now: Date): Promise<ReadonlyMap<RunId, readonly TaskId[]>> {
  const rows = await db
    .select({ runId: task.runId, id: task.id })
    .from(task)
    .where(and(isNotNull(task.dueAt), lte(task.dueAt, now), eq(task.state, "waiting")));
  const due = new Map<RunId, TaskId[]>();
  for (const { runId, id } of rows) due.set(runId, [...(due.get(runId) ?? []), id]);
  return due;
}

/** The next moment at which a task becomes ready or a deadline passes; null when nothing waits for one. */
export async function readNextDue(db: Reader): Promise<Date | null> {
  const [next] = await db
    .select({ at: task.dueAt })
    .from(task)
    .where(and(isNotNull(task.dueAt), eq(task.state, "waiting")))
    .orderBy(asc(task.dueAt))
    .limit(1);
  const [deadline] = await db
    .select({ at: runDeadline.dueAt })
    .from(runDeadline)
    .where(eq(runDeadline.isTold, false))
    .orderBy(asc(runDeadline.dueAt))
    .limit(1);
  const times = [next?.at, deadline?.at].flatMap((at) => at ?? []);
  return times.length === 0 ? null : new Date(Math.min(...times.map((at) => at.getTime())));
}
