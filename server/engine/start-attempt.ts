import { renderError } from "@/lib/messages/render-error";
import type { NodeDefinition } from "@/lib/pipeline/definition";
import { isWaiting } from "@/lib/pipeline/is-waiting";
import { classOfError, detailOf } from "@/server/engine/classify-failure";
import { closeScratch } from "@/server/engine/close-scratch";
import type { Engine, Site } from "@/server/engine/engine";
import { finishAttempt } from "@/server/engine/finish-attempt";
import { finishTakenOver } from "@/server/engine/finish-taken-over";
import { noteSubmitted } from "@/server/engine/note-submitted";
import { nodeOfPipeline, readPinnedPipeline } from "@/server/engine/pinned-pipeline";
import { prepareAttempt } from "@/server/engine/prepare-attempt";
import { readRunFacts } from "@/server/engine/run-facts";
import { transition } from "@/server/engine/transition";
import { reportOfWait } from "@/server/engine/waits/report-of-wait";
import type { AttemptRef } from "@/server/store/attempt";
import type { ClaimedTask } from "@/server/store/claimed-task";

/**
 * Prepares and submits the attempt of a claimed task; whatever goes wrong ends in a report about the attempt.
 * @returns what is left to do: to write down what became of it; resolves to whether there is a job to look after
 */
export async function startAttempt(engine: Engine, site: Site, claimed: ClaimedTask): Promise<() => Promise<boolean>> {
  const { attempt } = claimed;
  const giveUp = async (error: unknown) => {
    try {
      await failStart(engine, site, { attempt, error });
    } catch (unsure) {
      // The site does not answer: the next repair asks it, without waiting for a second look.
      noteDoubt(engine, site, attempt);
      throw unsure;
    }
    return true;
  };
  try {
    const node = await readNode(engine, claimed);
    if (isWaiting(node)) {
      const report = await reportOfWait(engine, site, { claimed, node });
      return () => engine.tell(report).then(() => false, giveUp);
    }
    const job = await prepareAttempt(engine, site, claimed);
    if ("takenOver" in job) {
      const { takenOver } = job;
      return () => finishTakenOver(engine, attempt, takenOver).then(() => false, giveUp);
    }
    const { ended, ...handle } = await site.runner.submit(job);
    return ended === undefined
      ? () => noteSubmitted(engine, site, { attempt, handle }).then(() => true, giveUp)
      : () => finishAttempt(engine, site, { attempt, sentinel: ended }).then(() => false, giveUp);
  } catch (error) {
    return () => giveUp(error);
  }
}

function noteDoubt({ memory }: Engine, { id }: Site, attempt: AttemptRef): void {
  memory.doubts.set(id, new Set([...(memory.doubts.get(id) ?? []), attempt.id]));
}

async function readNode(engine: Engine, { task, attempt }: ClaimedTask): Promise<NodeDefinition> {
  const { versionHash } = await readRunFacts(engine, attempt);
  const { definition } = await readPinnedPipeline(engine.db, versionHash);
  return nodeOfPipeline(definition, task.nodeId);
}

/** Whether anything was started is asked of the site before anything else is done. */
async function failStart(
  engine: Engine,
  site: Site,
  what: { readonly attempt: AttemptRef; readonly error: unknown },
): Promise<void> {
  const { attempt, error } = what;
  const reason = renderError(error, "en", { reference: attempt.id });
  engine.log.warn({ err: error, runId: attempt.runId, taskId: attempt.taskId }, "an attempt did not start");
  const [found] = await site.runner.findByToken([attempt]);
  if (found) {
    await noteSubmitted(engine, site, { attempt, handle: found });
    return;
  }
  await closeScratch(site, attempt);
  const event = { kind: "failed", failure: classOfError(error), reason, detail: detailOf(error) } as const;
  const state = event.failure === "rejected" ? "ended" : "lost";
  const report = { attemptId: attempt.id, event, attempt: { state, endedAt: engine.now() } } as const;
  await transition(engine, attempt.runId, { report });
}
