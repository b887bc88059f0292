import { and, asc, desc, eq, isNotNull } from "drizzle-orm";
import { artifact, run, task } from "@/drizzle/schema/engine";
import type { RecordedTask } from "@/lib/dag/plan-simulation";
import type { PipelineId, RunId, TaskId } from "@/lib/ids";
import type { Reader } from "@/server/store/reader";

/** How the last completed run of a pipeline went, task by task; null when none has completed. */
export async function readRecordedRun(
  db: Reader,
  pipelineId: PipelineId,
): Promise<{ readonly runId: RunId; readonly tasks: readonly RecordedTask[] } | null> {
  const [last] = await db
    .select({ id: run.id })
    .from(run)
    .where(and(eq(run.pipelineId, pipelineId), eq(run.state, "completed")))
    .orderBy(desc(run.createdAt))
    .limit(1);
  if (last === undefined) return null;
  const tasks = await db
    .select({ id: task.id, nodeId: task.nodeId, key: task.key, startedAt: task.startedAt, endedAt: task.endedAt })
    .from(task)
    .where(
      and(eq(task.runId, last.id), eq(task.superseded, false), eq(task.state, "completed"), isNotNull(task.startedAt)),
    )
    .orderBy(asc(task.position));
  const files = await db
    .select()
    .from(artifact)
    .where(and(eq(artifact.runId, last.id), eq(artifact.superseded, false)))
    .orderBy(asc(artifact.sequence));
  const filesOf = new Map<TaskId, (typeof files)[number][]>();
  for (const file of files) {
    const known = filesOf.get(file.taskId);
    if (known === undefined) filesOf.set(file.taskId, [file]);
    else known.push(file);
  }
  const recorded = tasks.map(({ id, nodeId, key, startedAt, endedAt }): RecordedTask => {
    const fromMs = startedAt?.getTime() ?? 0;
    const since = (at: Date | null) => Math.max(0, ((at?.getTime() ?? fromMs) - fromMs) / 1000);
    return {
      ...{ nodeId, key, durationSeconds: since(endedAt) },
      files: (filesOf.get(id) ?? []).map(({ path, sizeBytes, metadata, committedAt }) => ({
        ...{ path, sizeBytes, metadata, afterSeconds: since(committedAt) },
      })),
    };
  });
  return { runId: last.id, tasks: recorded };
}
