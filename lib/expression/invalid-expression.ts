import { NereusError } from "@/lib/errors";
import { problemSentences, type SaveTimeProblem } from "@/lib/expression/problems";

/** The error about one place of an expression; `offset` counts UTF-16 units from 0. */
export function invalidExpression(
  expression: string,
  offset: number,
  found:
    | (keyof typeof problemSentences & SaveTimeProblem)
    | { readonly reason: SaveTimeProblem; readonly problem: string },
): NereusError<"expression-invalid"> {
  const { reason, problem } = typeof found === "string" ? { reason: found, problem: problemSentences[found] } : found;
  return new NereusError("expression-invalid", {
    expression: excerpt(expression),
    column: offset + 1,
    reason,
    problem,
  });
}

const mostShown = 120;

/** The start of an expression, for messages. */
export const excerpt = (expression: string): string =>
  expression.length <= mostShown ? expression : `${expression.slice(0, mostShown)}…`;
