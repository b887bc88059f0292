import type { Engine } from "@/server/engine/engine";
import type { AttemptRef } from "@/server/store/attempt";
import { completeContentKey, readKeptOutputs } from "@/server/store/content-key";

/**
 * Lets others take over what a cached task has made. When a worker dies before this, nobody does, and the work is done
 * once more; what changed after it was committed is never offered.
 */
export async function keepForReuse(engine: Engine, attempt: Pick<AttemptRef, "id" | "taskId">): Promise<void> {
  const outputs = await readKeptOutputs(engine.db, attempt.taskId);
  if (outputs === null) return;
  await completeContentKey(engine.db, attempt.id, { at: engine.now(), outputs });
}
