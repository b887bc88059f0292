import type { HoldReason, LiveCycle, WaitingCycle } from "@/lib/cycle/cycle-intent";
import type { RunId } from "@/lib/ids";

export type Release = { readonly cycle: WaitingCycle["cycle"] } & (
  | { readonly act: "start" }
  | { readonly act: "wait" | "skip"; readonly reason: HoldReason; readonly about: string | null }
);

/**
 * Which waiting cycles of one pipeline start now, and why the others do not. Scheduled cycles come before those of
 * backfills, older ones before newer ones.
 * @param runahead  cycles of the pipeline that may be live at once; null without limit
 * @returns one release for each waiting cycle, and the runs to cancel first
 */
export function decideReleases(
  waiting: readonly WaitingCycle[],
  live: readonly LiveCycle[],
  runahead: number | null,
): { readonly releases: readonly Release[]; readonly cancel: readonly RunId[] } {
  const running: Running[] = [...live];
  const cancel = new Set<RunId>();
  const ordered = [...waiting].sort(byTurn);
  const releases = ordered.map((one): Release => {
    const held = holdOf(one, { running, ordered, runahead });
    if (held === null) {
      running.push({ cycle: one.cycle, scheduleId: one.schedule?.id ?? null, backfillId: one.backfill?.id ?? null });
      return { cycle: one.cycle, act: "start" };
    }
    if (held.act === "wait" && held.reason === "overlap" && one.schedule?.overlap === "cancel-previous")
      for (const { runId, scheduleId, isCancelling } of live)
        if (scheduleId === one.schedule.id && !isCancelling) cancel.add(runId);
    return { cycle: one.cycle, ...held };
  });
  return { releases, cancel: [...cancel] };
}

type Running = Omit<LiveCycle, "runId" | "isCancelling">;
type Held = { readonly act: "wait" | "skip"; readonly reason: HoldReason; readonly about: string | null };

const byTurn = (one: WaitingCycle, other: WaitingCycle): number =>
  Number(one.schedule === null) - Number(other.schedule === null) ||
  one.dueAt.localeCompare(other.dueAt) ||
  one.cycle.localeCompare(other.cycle);

function holdOf(
  one: WaitingCycle,
  around: { readonly running: readonly Running[]; readonly ordered: readonly WaitingCycle[]; runahead: number | null },
): Held | null {
  const { running, ordered, runahead } = around;
  const { schedule, backfill } = one;
  if (schedule?.paused) return { act: "wait", reason: "paused", about: null };
  if (schedule !== null && schedule.overlap !== "allow") {
    const newest = ordered.findLast((other) => other.schedule?.id === schedule.id);
    if (schedule.overlap === "cancel-previous" && newest !== undefined && newest !== one)
      return { act: "skip", reason: "superseded", about: newest.cycle };
    const previous = running.findLast(({ scheduleId }) => scheduleId === schedule.id);
    if (previous !== undefined)
      return { act: schedule.overlap === "skip" ? "skip" : "wait", reason: "overlap", about: previous.cycle };
  }
  if (runahead !== null && running.length >= runahead)
    return { act: "wait", reason: "runahead", about: String(runahead) };
  if (backfill !== null && running.filter(({ backfillId }) => backfillId === backfill.id).length >= backfill.limit)
    return { act: "wait", reason: "backfill", about: String(backfill.limit) };
  return null;
}
