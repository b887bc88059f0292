import { isNereusError } from "@/lib/errors";
import { parseExpression } from "@/lib/expression/parse-expression";
import type { SaveTimeProblem } from "@/lib/expression/problems";

/** What is wrong with an expression before it runs: its code, its column from 1, and the sentence; null for a good one. */
export function checkExpression(
  source: string,
): { readonly code: SaveTimeProblem; readonly column: number; readonly problem: string } | null {
  try {
    parseExpression(source);
    return null;
  } catch (error) {
    if (!isNereusError(error, "expression-invalid")) throw error;
    const { reason, column, problem } = error.fields;
    return { code: reason, column, problem };
  }
}
