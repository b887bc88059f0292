import { expect, test } from "vitest";
import type { LiveCycle, Overlap, WaitingCycle } from "@/lib/cycle/cycle-intent";
import { decideReleases } from "@/lib/cycle/decide-releases";
import { asId, type CyclePoint, type RunId, type ScheduleId } from "@/lib/ids";

const cycleOf = (day: number) => asId<CyclePoint>(`2026-07-0${day}T00Z`);
const id = asId<ScheduleId>("s1");
const due = (day: number, overlap: Overlap, paused = false): WaitingCycle => ({
  cycle: cycleOf(day),
  dueAt: `2026-07-0${day}T00:30:00Z`,
  schedule: { id, overlap, paused },
  backfill: null,
});
const old = (day: number, limit = 9): WaitingCycle => ({
  ...{ cycle: cycleOf(day), dueAt: "2026-07-09T00:00:00Z", schedule: null },
  backfill: { id: "b1", limit },
});
const runs = (day: number): LiveCycle => ({
  ...{ cycle: cycleOf(day), runId: asId<RunId>(`r${day}`), scheduleId: id, backfillId: null, isCancelling: false },
});
const said = (decided: ReturnType<typeof decideReleases>) =>
  decided.releases.map((one) => [one.cycle.slice(8, 10), one.act, "reason" in one ? one.reason : ""].join(" ").trim());

test.each([
  ["allow", ["02 start", "03 start"], []],
  ["skip", ["02 skip overlap", "03 skip overlap"], []],
  ["queue", ["02 wait overlap", "03 wait overlap"], []],
  ["cancel-previous", ["02 skip superseded", "03 wait overlap"], ["r1"]],
] as const)("while the last cycle runs, the policy %s", (overlap, releases, cancel) => {
  const decided = decideReleases([due(3, overlap), due(2, overlap)], [runs(1)], null);
  expect(said(decided)).toEqual(releases);
  expect(decided.cancel).toEqual(cancel);
});

test("of two queued cycles the older one starts when nothing runs", () => {
  expect(said(decideReleases([due(3, "queue"), due(2, "queue")], [], null))).toEqual(["02 start", "03 wait overlap"]);
});

test("cycles beyond the runahead limit wait, backfills behind the schedule", () => {
  const decided = decideReleases([old(1), old(2), due(5, "allow")], [runs(4)], 3);
  expect(said(decided)).toEqual(["05 start", "01 start", "02 wait runahead"]);
});

test("a backfill keeps to its own limit", () => {
  expect(said(decideReleases([old(1, 1), old(2, 1)], [], null))).toEqual(["01 start", "02 wait backfill"]);
});

test("cycles of a paused schedule wait", () => {
  expect(said(decideReleases([due(1, "allow", true)], [], null))).toEqual(["01 wait paused"]);
});
