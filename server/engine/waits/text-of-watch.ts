import { lookUpIn } from "@/lib/binding/look-up";
import { instantOf } from "@/lib/cycle/cycle-point";
import { expandTimeTemplate } from "@/lib/expand-time-template";
import { watchText } from "@/lib/pipeline/watch-text";
import { readSeen } from "@/server/engine/read-seen";
import { scopeOf } from "@/server/engine/resolve-params";
import type { WaitScene } from "@/server/engine/waits/look";
import { findTask } from "@/server/store/task";

/** An address or pattern as it is for this task. @throws {NereusError} expression-failed */
export async function textOfWatch(scene: WaitScene, text: string): Promise<string> {
  const { run } = scene;
  const at = run.cycle === null ? run.createdAt : instantOf(run.cycle);
  // Most texts hold no expression, and then nothing has to be read for them.
  if (!expandTimeTemplate(text, at).includes("{")) return expandTimeTemplate(text, at);
  return watchText(text, at, lookUpIn(scopeOf(await factsOf(scene), { readsArtifacts: true })));
}

/** What the task of a wait can name in bindings and expressions. */
export async function factsOf({ engine, wait, run, graph, planned }: WaitScene) {
  const task = await findTask(engine.db, wait.taskId);
  if (task === null) throw new Error(`a wait of task ${wait.taskId} has no task`);
  const { seen, made } = await readSeen(engine, { node: planned, graph, run }, { task, input: null });
  return { node: { params: {} }, run, inputs: planned.inputs, seen, made, planned: [], folder: "" };
}
