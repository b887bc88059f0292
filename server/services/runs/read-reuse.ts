import type { ReuseDecision } from "@/lib/dag/reuse";
import { asId, type RunId, type TaskId } from "@/lib/ids";
import type { ServiceContext } from "@/server/services/context";
import { readDecisions } from "@/server/store/content-key";

/** Why the work of a task was taken over from an earlier attempt, or done; null for a task whose node is not cached. */
export async function readReuse(ctx: ServiceContext, runId: string, taskId: string): Promise<ReuseDecision | null> {
  const [newest] = await readDecisions(ctx.db, asId<RunId>(runId), asId<TaskId>(taskId));
  return newest?.decision ?? null;
}
