import { expect, test } from "vitest";
import { actionsOfNode, actionsOfTask } from "@/app/(public)/runs/[id]/offered-actions";
import type { NodeView, RunView, TaskView } from "@/lib/dag/run-view";

const run = (state: RunView["state"]) => ({ state }) as RunView;
const node = (parts: Partial<NodeView>) => ({ state: "running", tasksTotal: 2, tasksDone: 1, ...parts }) as NodeView;
const task = (parts: Partial<TaskView>) => ({ key: "a.nc", state: "ready", ...parts }) as TaskView;

test("of what has ended only a rerun is offered", () => {
  expect(actionsOfNode(run("completed"), node({ state: "completed" }))).toEqual(["rerun"]);
  expect(actionsOfTask(run("completed"), task({ state: "completed" }))).toEqual(["rerun"]);
  expect(actionsOfNode(run("failed"), node({ state: "cancelled", tasksTotal: 0, tasksDone: 0 }))).toEqual([]);
});

test("a node that waits can be held, released and forced, and has nothing to skip or rerun", () => {
  const waiting = node({ state: "waiting", tasksTotal: 0, tasksDone: 0 });
  expect(actionsOfNode(run("running"), waiting)).toEqual(["hold", "release", "force"]);
});

test("a held task can be released, a ready one held, one at work neither", () => {
  expect(actionsOfTask(run("running"), task({ state: "held" }))).toContain("release");
  expect(actionsOfTask(run("running"), task({}))).toContain("hold");
  expect(actionsOfTask(run("running"), task({ state: "running" }))).not.toContain("hold");
});

test("the only task of a node offers what its node does not", () => {
  expect(actionsOfTask(run("running"), task({ key: "" }))).toEqual(["set-output"]);
  expect(actionsOfTask(run("completed"), task({ key: "", state: "completed" }))).toEqual([]);
});
