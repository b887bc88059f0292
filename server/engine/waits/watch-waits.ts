import type { DagEvent } from "@/lib/dag/dag-state";
import type { RunId } from "@/lib/ids";
import type { WaitKind } from "@/lib/pipeline/sensor";
import { storableText } from "@/lib/storable-text";
import type { Engine } from "@/server/engine/engine";
import { transition } from "@/server/engine/transition";
import { lookAtWait, type WaitEnd } from "@/server/engine/waits/look-at-wait";
import { watchSources } from "@/server/engine/waits/watch-sources";
import { mapConcurrently } from "@/server/storage/map-concurrently";
import { readNextSource } from "@/server/store/run-source";
import { type DueWait, noteWaits, readNextWait, takeDueWaits, type WaitNote } from "@/server/store/wait";

/** Looks that only ask the database, and those that ask the world. */
const near: readonly WaitKind[] = ["clock", "run", "gate", "child"];
const far: readonly WaitKind[] = ["http", "file"];

const mostNear = 2000;
const nearAtOnce = 4;
/** Looks at the world under way: a server that does not answer holds up no other. */
const mostFar = 32;
/** Longest time that a look keeps others from looking, ms. */
const leaseMs = 60_000;
/** Longest sleep: a wait that another process has written is noticed by then, ms. */
const longestSleepMs = 5000;

/**
 * Looks at whatever is due of what tasks wait for, and moves on the runs for which something came. One of it runs in a
 * worker at a time; several workers share the rows.
 * @returns ms until the next look
 */
export async function watchWaits(engine: Engine): Promise<number> {
  const due = await take(engine, near, mostNear);
  if (due.length > 0) await lookAndSettle(engine, due);
  const free = mostFar - engine.memory.farLooks.size;
  for (const wait of free > 0 ? await take(engine, far, free) : []) lookAfar(engine, wait);
  const mayBeMore = await watchSources(engine);
  if (due.length === mostNear || mayBeMore) return 0;
  const kinds = engine.memory.farLooks.size < mostFar ? [...near, ...far] : near;
  const nexts = [await readNextWait(engine.db, kinds), await readNextSource(engine.db)].flatMap((at) => at ?? []);
  const nowMs = engine.now().getTime();
  return Math.min(longestSleepMs, ...nexts.map((at) => Math.max(0, at.getTime() - nowMs)));
}

function take(engine: Engine, kinds: readonly WaitKind[], most: number): Promise<readonly DueWait[]> {
  const now = engine.now();
  return takeDueWaits(engine.db, { kinds, now, lease: new Date(now.getTime() + leaseMs), most });
}

/** Not waited for. */
function lookAfar(engine: Engine, wait: DueWait): void {
  const { farLooks, looks } = engine.memory;
  farLooks.add(wait.taskId);
  const under = lookAndSettle(engine, [wait])
    .catch((error: unknown) => {
      // A look that the stop of the worker cut off is done again by the next one.
      if (!engine.memory.stopping) engine.log.error({ err: error, taskId: wait.taskId }, "a look at a wait failed");
    })
    .finally(() => {
      farLooks.delete(wait.taskId);
      looks.delete(under);
      engine.wakeWatch();
    });
  looks.add(under);
}

type Looked = { readonly wait: DueWait; readonly end: WaitEnd };

/** What was found is written before its task is told: whoever comes after a crash tells it again. */
async function lookAndSettle(engine: Engine, waits: readonly DueWait[]): Promise<void> {
  const looked = await mapConcurrently(waits, nearAtOnce, async (wait) => ({
    wait,
    end: storable(await lookAtWait(engine, wait)),
  }));
  if (engine.memory.stopping) return;
  const lease = waits[0]?.lease ?? engine.now();
  const now = engine.now();
  const notes = looked.map((one) => noteOf(one, now));
  await noteWaits(engine.db, notes, lease);
  for (const [runId, own] of byRun(looked))
    for (const event of eventsOf(own)) await transition(engine, runId, { event });
}

/** A reason may hold what a server said. */
const storable = (end: WaitEnd): WaitEnd => ("reason" in end ? { ...end, reason: storableText(end.reason) } : end);

/**
 * What ends a wait is looked at once more after the lease, in case that nobody could be told; a child that its parent waits
 * for no longer at once, so that it ends too.
 */
function noteOf({ wait, end }: Looked, now: Date): WaitNote {
  const { taskId, key, seen, reason } = wait;
  const kept = { taskId, key, seen, reason, found: null };
  switch (end.kind) {
    case "wait":
      return { ...kept, dueAt: end.dueAt, key: end.key ?? null, seen: end.seen ?? null, reason: end.reason };
    case "over":
      return { ...kept, dueAt: null };
    case "found":
      return { ...kept, dueAt: wait.lease, found: end.record, reason: null };
    default:
      return { ...kept, dueAt: wait.kind === "child" ? now : wait.lease, reason: end.reason };
  }
}

function byRun(looked: readonly Looked[]): ReadonlyMap<RunId, readonly Looked[]> {
  const runs = new Map<RunId, Looked[]>();
  for (const one of looked) runs.set(one.wait.runId, [...(runs.get(one.wait.runId) ?? []), one]);
  return runs;
}

/** Any number of tasks that may go on are one event. */
function eventsOf(looked: readonly Looked[]): readonly DagEvent[] {
  const found = looked.filter(({ end }) => end.kind === "found").map(({ wait }) => wait.taskId);
  const events: DagEvent[] = found.length > 0 ? [{ kind: "due", taskIds: found }] : [];
  for (const { wait, end } of looked) {
    const { taskId } = wait;
    if (end.kind === "failed" || (end.kind === "expired" && end.outcome === "fail"))
      events.push({ kind: "failed", taskId, reason: end.reason });
    else if (end.kind === "expired") events.push({ kind: "expire", taskIds: [taskId], reason: end.reason });
  }
  return events;
}
