import { expect, test } from "vitest";
import type { DagonStatus } from "@/lib/external/dagon-status";
import { externalRunState } from "@/lib/external/external-run";
import { parseDagonCall } from "@/lib/external/parse-dagon-call";

test.each([
  ["HEAD", "check", "", { kind: "check" }],
  ["POST", "create", "", { kind: "create" }],
  ["POST", "add_task/w1", "", { kind: "add-task", workflow: "w1" }],
  ["PUT", "changestatus/w1/A/RUNNING", "", { kind: "status", workflow: "w1", task: "A", status: "RUNNING" }],
  [
    "PUT",
    "changestatus/w1/A%20b/c/finished/",
    "",
    { kind: "status", workflow: "w1", task: "A b/c", status: "FINISHED" },
  ],
  [
    "PUT",
    "update/w1/A/working_dir",
    "value=/a%20b&c=d+e",
    { kind: "update", workflow: "w1", task: "A", attribute: "working_dir", value: "/a b&c=d+e" },
  ],
  [
    "PUT",
    "update/w1/A/ip",
    "value=100%",
    { kind: "update", workflow: "w1", task: "A", attribute: "ip", value: "100%" },
  ],
  ["PUT", "w1/A/dependency/B", "", { kind: "dependency", workflow: "w1", task: "A", dependency: "B" }],
  ["PUT", "w1/a/b/dependency/c/d", "", { kind: "dependency", workflow: "w1", task: "a/b", dependency: "c/d" }],
  ["GET", "getworkflow/a b", "", { kind: "find", name: "a b" }],
  ["GET", "w1", "", { kind: "workflow", workflow: "w1" }],
  ["GET", "w1/A", "", { kind: "task", workflow: "w1", task: "A" }],
  ["GET", "list", "", { kind: "list" }],
  ["GET", "subscribe/w1/w2/A", "", { kind: "subscribe", subscriber: "w1", workflow: "w2", task: "A" }],
  ["GET", "delete/w1", "", { kind: "wrong", status: 405 }],
  ["PATCH", "w1", "", { kind: "wrong", status: 405 }],
  ["PUT", "w1/A", "", { kind: "wrong", status: 404 }],
  ["PUT", "changestatus/w1/A/LOST", "", { kind: "wrong", status: 400 }],
  ["GET", "", "", { kind: "wrong", status: 404 }],
] as const)("%s /%s?%s", (method, path, query, expected) => {
  expect(parseDagonCall({ method, path, query })).toMatchObject(expected);
});

test.each([
  ["pending", { READY: 2 }],
  ["running", { READY: 1, FINISHED: 1 }],
  ["running", { FAILED: 1, RUNNING: 1 }],
  ["failed", { FAILED: 1, WAITING: 2, FINISHED: 1 }],
  ["completed", { FINISHED: 3 }],
  ["pending", {}],
] as const)("a run is %s when its tasks are %o", (state, counts) => {
  const given = new Map(Object.entries(counts) as [DagonStatus, number][]);
  expect(externalRunState(given)).toBe(state);
});
