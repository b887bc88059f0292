import type { Engine, Site } from "@/server/engine/engine";
import { stopAttempt } from "@/server/engine/stop-orphans";
import { watchAttempt } from "@/server/engine/watch-attempt";
import type { JobHandle } from "@/server/executors/runner";
import { type AttemptRow, fenceAttempt, updateAttempt } from "@/server/store/attempt";
import { appendEvents } from "@/server/store/event";
import { lockRun } from "@/server/store/run";
import { moveTask } from "@/server/store/task";

/** Writes down the job of an attempt. One whose task was cancelled meanwhile is stopped instead. */
export async function noteSubmitted(
  engine: Engine,
  site: Site,
  what: { readonly attempt: AttemptRow; readonly handle: JobHandle },
): Promise<void> {
  const { attempt, handle } = what;
  const at = engine.now();
  const noted = await engine.db.transaction(async (tx) => {
    const run = await lockRun(tx, attempt.runId);
    const live = await fenceAttempt(tx, attempt.id);
    if (run?.state !== "running" || live === null) return false;
    await updateAttempt(tx, attempt.id, { state: "submitted", jobId: handle.jobId, submittedAt: at });
    await moveTask(tx, attempt.taskId, { state: "submitted" });
    const data = { state: "submitted", reason: null, key: live.taskKey, attempt: attempt.number };
    await appendEvents(tx, attempt.runId, [{ kind: "task-state", nodeId: live.nodeId, taskId: attempt.taskId, data }]);
    return true;
  });
  if (noted) watchAttempt(engine, site, attempt);
  else await stopAttempt(engine, site, { ...attempt, jobId: handle.jobId });
}
