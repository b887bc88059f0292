import type { Engine } from "@/server/engine/engine";
import { keepForReuse } from "@/server/engine/keep-for-reuse";
import { withIds } from "@/server/engine/with-ids";
import type { AttemptRef } from "@/server/store/attempt";
import type { FinishedFile } from "@/server/store/step";

/** Completes a task without a job: its files were made before and lie in its `out/` by now. */
export async function finishTakenOver(
  engine: Engine,
  attempt: AttemptRef,
  files: readonly FinishedFile[],
): Promise<void> {
  const at = engine.now();
  const told = await engine.tell({
    ...{ runId: attempt.runId, attemptId: attempt.id, kind: "completed", startedAt: at, endedAt: at },
    ...{ exitCode: 0, signal: null, maxRssBytes: null, files: withIds(engine, files) },
  });
  if (told) await keepForReuse(engine, attempt);
}
