import { isNereusError } from "@/lib/errors";
import { evaluateExpression, type LookUp } from "@/lib/expression/evaluate-expression";
import { isFalsy } from "@/lib/expression/is-falsy";

/** Whether a `when` clause lets something happen: not when it is false by the rule of the pipe `not`, nor when it fails. */
export function doesHold(when: string, lookUp: LookUp): boolean {
  try {
    return !isFalsy(evaluateExpression(when, lookUp));
  } catch (error) {
    if (isNereusError(error, "expression-failed") || isNereusError(error, "expression-invalid")) return false;
    throw error;
  }
}
