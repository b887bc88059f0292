import { expandTimeTemplate } from "@/lib/expand-time-template";
import { evaluateExpression, type LookUp } from "@/lib/expression/evaluate-expression";

/**
 * An address or pattern of a sensor as it is for one run: times of the cycle first, then expressions.
 * @param at  the cycle of the run, else its start, UTC
 * @returns an empty text when the expressions have no value
 * @throws {NereusError} expression-failed
 */
export const watchText = (text: string, at: Date, lookUp: LookUp): string =>
  String(evaluateExpression(expandTimeTemplate(text, at), lookUp) ?? "");
