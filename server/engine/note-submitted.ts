import type { Engine, Site } from "@/server/engine/engine";
import { stopAttempt } from "@/server/engine/stop-orphans";
import { watchAttempt } from "@/server/engine/watch-attempt";
import type { JobHandle } from "@/server/executors/runner";
import type { AttemptRef } from "@/server/store/attempt";

/** Writes down the job of an attempt. One whose task was cancelled meanwhile is stopped instead. */
export async function noteSubmitted(
  engine: Engine,
  site: Site,
  what: { readonly attempt: AttemptRef; readonly handle: JobHandle },
): Promise<void> {
  const { attempt, handle } = what;
  const { jobId } = handle;
  const noted = await engine.tell({ kind: "submitted", runId: attempt.runId, attemptId: attempt.id, jobId });
  if (noted) watchAttempt(engine, site, attempt);
  else await stopAttempt(engine, site, { ...attempt, jobId });
}
