import type { z } from "zod";
import type { JsonPath } from "@/lib/interchange/json-place";

/** What is wrong with a document, and where. */
export type DocumentProblem = { readonly path: JsonPath; readonly problem: string };

const typeNames: Readonly<Record<string, string>> = {
  array: "a list",
  boolean: "true or false",
  int: "a whole number",
  nan: "a number",
  null: "null",
  number: "a number",
  object: "an object",
  record: "an object",
  string: "a text",
};

/** Checks a document; null when it fits. Problems are sentences, each with what was expected. */
export function firstProblem(result: z.ZodSafeParseResult<unknown>): DocumentProblem | null {
  if (result.success) return null;
  const [issue] = result.error.issues;
  const path = (issue?.path ?? []).map((step) => (typeof step === "number" ? step : String(step)));
  return { path, problem: issue?.message ?? "it is not valid." };
}

/** Words an issue that no schema words for itself; to be given to `safeParse`. */
export function wordIssue(issue: z.core.$ZodRawIssue): string | undefined {
  if (issue.code !== "invalid_type") return undefined;
  const expected = typeNames[issue.expected] ?? issue.expected;
  return issue.input === undefined
    ? `it is missing; expected ${expected}.`
    : `it is ${typeNameOf(issue.input)}; expected ${expected}.`;
}

function typeNameOf(value: unknown): string {
  if (value === null) return "null";
  return typeNames[Array.isArray(value) ? "array" : typeof value] ?? typeof value;
}
