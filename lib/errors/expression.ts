import type { RunTimeProblem, SaveTimeProblem } from "@/lib/expression/problems";

/** Expressions, bindings and the form of a run. */
export type ExpressionErrors = {
  /** `column` counts from 1. */
  "expression-invalid": { expression: string; column: number; reason: SaveTimeProblem; problem: string };
  "expression-failed": { expression: string; reason: RunTimeProblem; problem: string };
  "run-input-missing": { labels: readonly string[]; fields: string };
};
