import { expect, test } from "vitest";
import { isUnexplained, judgeJob } from "@/server/executors/slurm/judge-job";
import { type FolderView, parseLook, parseSacct, type QueueRow } from "@/server/executors/slurm/parse-look";

const claim = (jobId: string, isFresh: boolean): FolderView => ({ kind: "claim", claimedAtSeconds: 5, isFresh, jobId });
const nothing: FolderView = { kind: "nothing" };
const stopped: FolderView = {
  kind: "sentinel",
  sentinel: {
    ...{ token: "t", exitCode: 143, signal: "SIGTERM", startedAtMs: 1, endedAtMs: 2, maxRssBytes: null },
    ...{ host: "n1", timedOut: false, stopped: true },
  },
};
const row = (state: string, more: Partial<QueueRow> = {}): QueueRow => ({
  ...{ jobId: "7", token: "t", state, submittedAt: null, reason: null, startsAt: null, host: null },
  ...more,
});

test.each([
  ["nobody knows it", nothing, [], { state: "missing" }],
  ["it waits", nothing, [row("PENDING", { reason: "Priority" })], { state: "queued", reason: "Priority" }],
  ["it starts", nothing, [row("RUNNING")], { state: "queued", reason: "running" }],
  ["it runs", claim("7", true), [row("RUNNING")], { state: "running", startedAtMs: 5000 }],
  ["the queue forgot a live job", claim("7", true), [], { state: "running", startedAtMs: 5000 }],
  ["the queue forgot a dead job", claim("7", false), [], { state: "missing" }],
  ["a long silent job that the queue still runs", claim("7", false), [row("RUNNING")], { state: "running" }],
  ["a second copy ended, the first works", claim("7", true), [row("COMPLETED", { jobId: "8" })], { state: "running" }],
  ["TIMEOUT carries exit code 0:0 and is no success", claim("7", true), [row("TIMEOUT")], { failure: "timeout" }],
  ["a lost node that works on", claim("7", true), [row("NODE_FAIL")], { state: "running" }],
  ["a lost node", claim("7", false), [row("NODE_FAIL", { host: "n1" })], { failure: "node-failed", host: "n1" }],
  ["a job killed for its memory", claim("7", true), [row("OUT_OF_MEMORY")], { failure: "out-of-memory" }],
  ["stopped by an operator", stopped, [row("CANCELLED")], { state: "broken", failure: "cancelled" }],
  ["stopped for a job that pays more", stopped, [row("PREEMPTED")], { state: "broken", failure: "preempted" }],
  ["stopped by its node", stopped, [row("NODE_FAIL")], { state: "broken", failure: "node-failed" }],
  ["stopped, nobody says by whom", stopped, [], { state: "ended", sentinel: { stopped: true } }],
  ["completed without a sentinel proves nothing", claim("7", true), [row("COMPLETED")], { state: "missing" }],
  [
    "held after a failed launch",
    nothing,
    [row("PENDING", { reason: "launch failed requeued held" })],
    { state: "broken" },
  ],
  [
    "a partition that is down may come back",
    nothing,
    [row("PENDING", { reason: "PartitionDown" })],
    { state: "queued" },
  ],
  ["a state of a newer Slurm", nothing, [row("EXPEDITING")], { state: "queued", reason: "expediting" }],
])("%s", (_, folder, rows, verdict) => {
  expect(judgeJob(folder, rows)).toMatchObject(verdict);
});

test.each([
  ["while the queue cleans up", stopped, [row("COMPLETING")], true],
  ["when the queue has forgotten it", stopped, [], true],
  ["not once the queue has a word", stopped, [row("PREEMPTED")], false],
  ["not when it only says that it is over", stopped, [row("COMPLETED")], false],
  ["not of a job that is not over", claim("7", true), [row("COMPLETING")], false],
])("who stopped a job is waited for: %s", (_, folder, rows, verdict) => {
  expect(isUnexplained(folder, rows)).toBe(verdict);
});

test("the queue's own estimate stands beside its reason", () => {
  const waiting = row("PENDING", { reason: "Resources", startsAt: "2026-07-01T10:00:00" });
  expect(judgeJob(nothing, [waiting])).toEqual({
    state: "queued",
    reason: "Resources, start expected 2026-07-01T10:00:00",
  });
});

test("a look keeps to jobs of ours, to whole sentinels of their token, and to the order asked", () => {
  const text = [
    "Q 7|PENDING|2026-07-01T00:00:00|N/A|Priority|nereus-b",
    "Q 8|RUNNING|2026-07-01T00:00:00|2026-07-01T00:00:01|None|nereus-c",
    'S 0 {"token":"a","exitCode":3,"signal":null,"startedAtMs":1,"endedAtMs":2,"maxRssBytes":null,"host":"n1","timedOut":false}',
    'S 1 {"token":"other","exitCode":0',
    "C 2 1000 1020 8",
    "T 1100",
    "",
  ].join("\n");
  const look = parseLook(text, ["a", "b", "c"]);
  expect(look.folders.map(({ kind }) => kind)).toEqual(["sentinel", "nothing", "claim"]);
  expect(look.folders[2]).toEqual({ kind: "claim", claimedAtSeconds: 1000, isFresh: true, jobId: "8" });
  expect(look.queue).toMatchObject([
    { jobId: "7", token: "b", state: "PENDING", reason: "Priority", startsAt: null },
    { jobId: "8", token: "c", reason: null },
  ]);
  expect(parseLook("F Unable to contact slurm controller\nT 1\n", []).queue).toBeNull();
});

test("sacct's text tells states with their further words cut off", () => {
  expect(parseSacct("12|nereus-a|CANCELLED by 1000\n13|other|COMPLETED\n")).toMatchObject([
    { jobId: "12", token: "a", state: "CANCELLED" },
  ]);
});
