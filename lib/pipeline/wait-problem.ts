import { Duration } from "luxon";
import { expandTimeTemplate } from "@/lib/expand-time-template";
import { checkExpression } from "@/lib/expression/check-expression";
import type { NodeDefinition, WaitingNode } from "@/lib/pipeline/definition";
import type { FieldProblem } from "@/lib/pipeline/field-problem";
import type { SensorWatch } from "@/lib/pipeline/sensor";

/** Why a node that waits could not: what it waits for, how often it looks, its deadline. Null when it can. */
export function waitProblem(node: NodeDefinition): FieldProblem | null {
  switch (node.kind) {
    case "program":
    case "command":
    case "http":
    case "websocket":
      return null;
    case "sensor":
      return deadlineProblem(node) ?? watchProblem(node.watch);
    case "gate":
      return deadlineProblem(node);
    default:
      return deadlineProblem(node) ?? pastProblem("offset", node.offset);
  }
}

function deadlineProblem({ deadline }: WaitingNode): FieldProblem | null {
  if (deadline === null || (Number.isFinite(deadline.seconds) && deadline.seconds > 0)) return null;
  return { field: "deadline", problem: "it must be more than 0 seconds." };
}

function watchProblem(watch: SensorWatch): FieldProblem | null {
  switch (watch.for) {
    case "time":
      if (/T.*(Z|[+-]\d\d:?\d\d)$/.test(watch.at) && !Number.isNaN(Date.parse(watch.at))) return null;
      return { field: "watch, at", problem: `“${watch.at}” is no moment; write 2026-07-01T06:00:00Z, zone included.` };
    case "offset":
      return isDuration(watch.offset) ? null : durationProblem("watch, offset", watch.offset);
    case "http":
      return addressProblem(watch.url) ?? paceProblem(watch.everySeconds);
    case "file":
      return patternProblem(watch.pattern) ?? countProblem(watch) ?? paceProblem(watch.everySeconds);
    default:
      if (watch.states.length === 0) return { field: "watch, states", problem: "name at least one state." };
      return pastProblem("watch, offset", watch.offset);
  }
}

/** What an address must be that a worker may ask; whether its host may be asked is found out when it is. */
export function addressProblem(
  url: string,
  {
    field = "watch, url",
    schemes = ["http", "https"],
  }: { readonly field?: string; readonly schemes?: readonly [string, string] } = {},
): FieldProblem | null {
  const wrong = textProblem(url);
  if (wrong !== null) return { field, problem: wrong };
  const problem = `“${url}” is no ${schemes.join(" or ")} address.`;
  if (!schemes.some((scheme) => url.toLowerCase().startsWith(`${scheme}://`))) return { field, problem };
  const sample = expandTimeTemplate(url, new Date(0)).replace(/\{[^}]*\}/g, "0");
  if (!URL.canParse(sample)) return { field, problem };
  const { username, password } = new URL(sample);
  if (username === "" && password === "") return null;
  return { field, problem: "an address must not hold a user or password; name an environment variable instead." };
}

function patternProblem(pattern: string): FieldProblem | null {
  const field = "watch, pattern";
  const wrong = textProblem(pattern);
  if (wrong !== null) return { field, problem: wrong };
  if (!pattern.startsWith("/")) return { field, problem: `“${pattern}” is no absolute path.` };
  return pattern.split("/").includes("..") ? { field, problem: "“..” cannot stand in a pattern." } : null;
}

/** Times are filled in before expressions are read, so they are no part of them. */
function textProblem(text: string): string | null {
  const wrong = checkExpression(expandTimeTemplate(text, new Date(0)));
  return wrong === null ? null : `“${text}”: ${wrong.problem}`;
}

function countProblem(watch: { readonly leastFiles: number; readonly stableSeconds: number }): FieldProblem | null {
  const { leastFiles, stableSeconds } = watch;
  if (!(Number.isInteger(leastFiles) && leastFiles >= 1))
    return { field: "watch, leastFiles", problem: `${leastFiles} is no whole number from 1.` };
  return stableSeconds >= 0 ? null : { field: "watch, stableSeconds", problem: "it cannot be negative." };
}

const paceProblem = (everySeconds: number): FieldProblem | null =>
  everySeconds >= 1 ? null : { field: "watch, everySeconds", problem: "it must be at least 1 second." };

/** A run that waits for a later cycle would keep that cycle from ever coming. */
function pastProblem(field: string, offset: string | null): FieldProblem | null {
  if (offset === null) return null;
  if (!isDuration(offset)) return durationProblem(field, offset);
  const isLater = Duration.fromISO(offset).toMillis() > 0;
  return isLater
    ? { field, problem: `“${offset}” leads to a later cycle; only earlier ones can be waited for.` }
    : null;
}

const isDuration = (text: string): boolean => /^[+-]?P/.test(text) && Duration.fromISO(text).isValid;

const durationProblem = (field: string, text: string): FieldProblem => ({
  field,
  problem: `“${text}” is no ISO 8601 duration such as PT6H or -P1D.`,
});
