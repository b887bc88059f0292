import { z } from "zod";
import { shiftCycle } from "@/lib/cycle/shift-instant";
import { isTerminalRun } from "@/lib/dag/state";
import { NereusError } from "@/lib/errors";
import { asId, type RunId } from "@/lib/ids";
import { renderError } from "@/lib/messages/render-error";
import type { RunNode } from "@/lib/pipeline/definition";
import { resolveParams } from "@/server/engine/resolve-params";
import { type Look, secondsAfter, type WaitScene } from "@/server/engine/waits/look";
import { factsOf } from "@/server/engine/waits/text-of-watch";
import { enqueue } from "@/server/store/enqueue";
import { readProductNames } from "@/server/store/product";
import { findRun, type RunRow, requestCancel } from "@/server/store/run";
import { findTask } from "@/server/store/task";
import { runKey } from "@/server/store/wait";

/** The end of the child wakes its parent; this is for an end of which nobody told, or before what wakes it was noted. */
const everySeconds = { first: 1, end: 30 };

/** Starts the child once and waits for its end. @throws {NereusError} what the start of a run throws */
export async function lookAtChild(scene: WaitScene<RunNode>): Promise<Look> {
  await cancelFormer(scene);
  const childId = childOf(scene) ?? (await start(scene));
  const child = await findRun(scene.engine.db, childId);
  if (child === null || !isTerminalRun(child.state)) {
    const dueAt = secondsAfter(scene.now, scene.wait.key === null ? everySeconds.first : everySeconds.end);
    return { kind: "wait", dueAt, key: runKey(childId), reason: `it waits for the end of run ${childId}` };
  }
  if (child.state === "completed") return { kind: "found", record: await recordOf(scene, child) };
  const fields = { node: scene.node.id, run: child.id, state: child.state, reason: child.reason ?? "" };
  return { kind: "failed", reason: renderError(new NereusError("child-not-completed", fields), "en") };
}

/** Asks the child of a task that has ended without it to end too. */
export async function cancelChild(scene: Pick<WaitScene, "engine" | "wait" | "now">): Promise<void> {
  const childId = childOf(scene);
  if (childId !== null) await endChild(scene, childId, "the run that started it has ended");
}

/** A task that is done again while its child lives starts another one. */
async function cancelFormer(scene: WaitScene<RunNode>): Promise<void> {
  const former = formerSchema.safeParse(scene.wait.seen);
  if (former.success && scene.wait.key === null)
    await endChild(scene, runOfKey(former.data.former), "the task that started it is done again");
}

const formerSchema = z.object({ former: z.string() });

type Ending = Pick<WaitScene, "engine" | "now">;

const endChild = ({ engine, now }: Ending, childId: RunId, reason: string): Promise<void> =>
  engine.db.transaction(async (tx) => {
    if (await requestCancel(tx, childId, { reason, at: now })) await enqueue(tx, "sweep");
  });

/** The key of the wait names the child from its start on. */
const childOf = ({ wait }: Pick<WaitScene, "wait">): RunId | null => (wait.key === null ? null : runOfKey(wait.key));

const runOfKey = (key: string): RunId => asId<RunId>(key.slice(runKey("").length));

/** The key names the try of the task: doing this again finds the same child, a retry starts another one. */
async function start(scene: WaitScene<RunNode>): Promise<RunId> {
  const { engine, node, run, wait } = scene;
  const task = await findTask(engine.db, wait.taskId);
  const cycle = run.cycle === null ? null : shiftCycle(run.cycle, node.offset);
  return engine.outlook.startChild({
    pipelineId: node.pipeline,
    input: resolveParams({ ...(await factsOf(scene)), node }),
    cycle,
    key: `task ${wait.taskId} ${task?.generation ?? 1} ${task?.failures ?? 0}`,
    organisationId: run.organisationId,
    requestedBy: run.requestedBy,
  });
}

async function recordOf({ engine }: WaitScene, child: RunRow): Promise<Readonly<Record<string, unknown>>> {
  const { id, pipelineId, cycle, state, completeness, generation } = child;
  const products = await readProductNames(engine.db, { runId: id, generation });
  return { runId: id, pipeline: pipelineId, cycle, state, completeness, products };
}
