import { expect, test } from "vitest";
import type { FailureClass } from "@/lib/dag/failure-class";
import { blameOf } from "@/lib/dag/failure-class";
import { retryAfter } from "@/lib/dag/retry-after";
import type { RetryPolicy } from "@/lib/pipeline/definition";

const usual: RetryPolicy = { count: 0, crashCount: 3, delaysSeconds: [] };

/** The waits before each retry while a task fails in one way only, at most ten; nobody tells it to stop. */
function waitsOf(failure: FailureClass, retry: RetryPolicy = usual): readonly number[] {
  const waits: number[] = [];
  for (let failures = 0; waits.length < 10; ) {
    const next = retryAfter(retry, { failures, state: blameOf(failure) }, { class: failure, earlier: waits.length });
    if (next.waitSeconds === null) break;
    waits.push(next.waitSeconds);
    failures = next.failures;
  }
  return waits;
}

test.each<[FailureClass, readonly number[]]>([
  ["exit", []],
  ["signal", []],
  ["output", []],
  ["rejected", []],
  ["cancelled", []],
  ["timeout", [0]],
  ["out-of-memory", [0]],
  ["staging", [10, 60, 300]],
  ["node-failed", [0, 0, 0]],
  ["launch-failed", [5, 60]],
  ["stopped", [0, 0, 0]],
  ["lost", [0, 0, 0]],
  ["preempted", [30, 60, 120, 300, 300, 300, 300, 300, 300, 300]],
  ["unreachable", [5, 10, 20, 40, 60, 60, 60, 60, 60, 60]],
])("%s is tried again after %j s when the node says nothing", (failure, waits) => {
  expect(waitsOf(failure)).toEqual(waits);
});

test("a preempted or unreachable attempt does not count", () => {
  const before = { failures: 2, state: "crashed" } as const;
  expect(retryAfter(usual, before, { class: "preempted", earlier: 0 }).failures).toBe(2);
  expect(retryAfter(usual, before, { class: "unreachable", earlier: 7 }).failures).toBe(2);
});

test("the node's own retries count for its work, its crash retries for its place", () => {
  const retry = { count: 2, crashCount: 0, delaysSeconds: [7] };
  expect(waitsOf("exit", retry)).toEqual([7, 7]);
  expect(waitsOf("timeout", retry)).toEqual([7, 7]);
  expect(waitsOf("node-failed", retry)).toEqual([]);
  expect(waitsOf("cancelled", retry)).toEqual([]);
});

test("a node may say how often for one class", () => {
  expect(waitsOf("timeout", { ...usual, byFailure: { timeout: 0 } })).toEqual([]);
  expect(waitsOf("out-of-memory", { ...usual, byFailure: { "out-of-memory": 4 } })).toEqual([0, 0, 0, 0]);
  expect(waitsOf("preempted", { ...usual, byFailure: { preempted: 1 } })).toEqual([30]);
});

test("failures of different classes together are no way round the limit", () => {
  const before = { failures: 3, state: "crashed" } as const;
  expect(retryAfter(usual, before, { class: "staging", earlier: 0 }).waitSeconds).toBeNull();
});
