import { expect, test } from "vitest";
import { findSetProblem } from "@/lib/pipeline/find-set-problem";
import { pipelines } from "@/pipelines/registry";

test("the pipelines of this installation go together", () => {
  expect(findSetProblem(pipelines.map(({ definition }) => definition))).toBeNull();
});
