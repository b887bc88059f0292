import { NereusError } from "@/lib/errors";
import { readDagonStatus } from "@/lib/external/dagon-status";
import { isRecord } from "@/lib/interchange/is-record";
import type { ToldTask } from "@/server/store/external-run";

/** More than any index of the database can hold is no name. */
const longestName = 400;
const mostEdges = 200_000;

export type ToldEdge = { readonly task: string; readonly dependency: string };

/** A task as a client sends it: name and status, its other fields, and the edges that it tells. */
export function readToldTask(
  value: unknown,
  fallbackName: string,
): { readonly task: ToldTask; readonly edges: readonly ToldEdge[] } {
  if (!isRecord(value)) throw new NereusError("report-invalid", { problem: "a task is an object in braces." });
  const { name: told, status, nexts, prevs, ...fields } = value;
  const name = checkName(told ?? fallbackName, "name");
  const edges = [
    ...namesIn(prevs).map((dependency) => ({ task: name, dependency })),
    ...namesIn(nexts).map((task) => ({ task, dependency: name })),
  ];
  return { task: { name, status: readDagonStatus(status) ?? "READY", fields }, edges };
}

/** @throws {NereusError} report-invalid for more edges than one call may tell */
export function checkEdges(edges: readonly ToldEdge[]): readonly ToldEdge[] {
  if (edges.length <= mostEdges) return edges;
  throw new NereusError("report-invalid", { problem: `it has ${edges.length} edges; the limit is ${mostEdges}.` });
}

/** @throws {NereusError} report-invalid for none, or one that is too long */
export function checkName(value: unknown, field: string): string {
  const name = typeof value === "string" || typeof value === "number" ? String(value) : "";
  if (name.trim() === "") throw new NereusError("report-invalid", { problem: `“${field}” is missing.` });
  if (name.length > longestName)
    throw new NereusError("report-invalid", { problem: `“${field}” is longer than ${longestName} characters.` });
  return name;
}

function namesIn(value: unknown): readonly string[] {
  if (!Array.isArray(value)) return [];
  const texts = value.filter((name) => typeof name === "string" && name !== "" && name.length <= longestName);
  return [...new Set(texts.map(String))];
}
