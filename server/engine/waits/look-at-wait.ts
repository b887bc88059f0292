import { isTerminalTask } from "@/lib/dag/state";
import { isNereusError, NereusError } from "@/lib/errors";
import { renderError } from "@/lib/messages/render-error";
import type { WaitingNode } from "@/lib/pipeline/definition";
import { isWaiting } from "@/lib/pipeline/is-waiting";
import type { Engine } from "@/server/engine/engine";
import { nodeOfPipeline, readPinnedPipeline } from "@/server/engine/pinned-pipeline";
import { readRunFacts } from "@/server/engine/run-facts";
import { type Look, secondsAfter, type WaitScene } from "@/server/engine/waits/look";
import { cancelChild, lookAtChild } from "@/server/engine/waits/look-at-child";
import { lookAtClock } from "@/server/engine/waits/look-at-clock";
import { lookAtGate } from "@/server/engine/waits/look-at-gate";
import { lookAtHttp } from "@/server/engine/waits/look-at-http";
import { lookForFiles } from "@/server/engine/waits/look-for-files";
import { lookForRun } from "@/server/engine/waits/look-for-run";
import type { DueWait } from "@/server/store/wait";

/** `over`: nobody waits any more. `expired`: its deadline has passed without it. */
export type WaitEnd =
  | Look
  | { readonly kind: "over" }
  | { readonly kind: "expired"; readonly outcome: "fail" | "skip"; readonly reason: string };

/** After a look that failed for a reason that is not the wait's, seconds. */
const againSeconds = 15;

/** Looks whether what a task waits for has come, or will not come any more. */
export async function lookAtWait(engine: Engine, wait: DueWait): Promise<WaitEnd> {
  const now = engine.now();
  if (wait.taskState !== "waiting") {
    const isStopped = isTerminalTask(wait.taskState) && wait.taskState !== "completed";
    if (wait.kind === "child" && isStopped) await cancelChild({ engine, wait, now });
    return { kind: "over" };
  }
  // Found before, by a worker that died before its task was told.
  if (wait.found !== null && wait.kind !== "gate") return { kind: "found", record: wait.found };
  const scene = await readScene(engine, wait, now);
  return inTime(scene, await lookSafely(scene));
}

async function readScene(engine: Engine, wait: DueWait, now: Date): Promise<WaitScene> {
  const run = await readRunFacts(engine, { runId: wait.runId, generation: 1 });
  const { definition, graph } = await readPinnedPipeline(engine.db, run.versionHash);
  const node = nodeOfPipeline(definition, wait.nodeId);
  const planned = graph.byId.get(wait.nodeId);
  if (!isWaiting(node) || planned === undefined) throw new Error(`node ${wait.nodeId} does not wait`);
  return { engine, wait, node, run, graph, planned, now };
}

/** An expected failure ends the wait with its sentence; any other is looked at again, until the deadline. */
async function lookSafely(scene: WaitScene): Promise<Look> {
  try {
    return await look(scene, scene.node);
  } catch (error) {
    if (isNereusError(error) && !error.retryable) return { kind: "failed", reason: renderError(error, "en") };
    scene.engine.log.warn({ err: error, taskId: scene.wait.taskId }, "a look at a wait failed; it is tried again");
    const { seen, key } = scene.wait;
    const reason = renderError(error, "en", { reference: scene.wait.taskId });
    const kept = { ...(seen === null ? {} : { seen }), ...(key === null ? {} : { key }) };
    return { kind: "wait", dueAt: secondsAfter(scene.now, againSeconds), ...kept, reason };
  }
}

async function look(scene: WaitScene, node: WaitingNode): Promise<Look> {
  if (node.kind === "gate") return lookAtGate({ ...scene, node });
  if (node.kind === "run") return lookAtChild({ ...scene, node });
  switch (node.watch.for) {
    case "http":
      return lookAtHttp(scene, node.watch);
    case "file":
      return lookForFiles(scene, node.watch);
    case "run":
      return lookForRun(scene, node.watch);
    default:
      return lookAtClock(scene, node.watch);
  }
}

/** What came by the deadline counts, however late it was looked for. */
function inTime({ wait, node, now }: WaitScene, look: Look): WaitEnd {
  const { deadline } = node;
  if (look.kind !== "wait" || deadline === null) return look;
  const endsAt = secondsAfter(wait.since, deadline.seconds);
  if (now.getTime() < endsAt.getTime()) {
    const isSooner = look.dueAt === null || endsAt.getTime() < look.dueAt.getTime();
    return isSooner ? { ...look, dueAt: endsAt } : look;
  }
  const expired = new NereusError("wait-expired", { node: node.id, seconds: deadline.seconds, what: look.reason });
  return { kind: "expired", outcome: deadline.outcome, reason: renderError(expired, "en") };
}
