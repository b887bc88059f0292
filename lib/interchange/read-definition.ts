import { z } from "zod";
import { NereusError } from "@/lib/errors";
import { definitionSchema } from "@/lib/interchange/definition-schema";
import { fillDefaults } from "@/lib/interchange/fill-defaults";
import { firstProblem, wordIssue } from "@/lib/interchange/first-problem";
import { isRecord } from "@/lib/interchange/is-record";
import { type JsonPath, jsonPlace } from "@/lib/interchange/json-place";
import type { PipelineDefinition } from "@/lib/pipeline/definition";
import { validateDefinition } from "@/lib/pipeline/validate-definition";

/**
 * Reads a definition from JSON: its form, then whether it could run. What it leaves out is filled in as the typed builder
 * does; what it has beside is refused.
 * @param file  its name, for messages
 * @throws {NereusError} import-invalid with the place of the first problem, definition-invalid, reference-invalid
 */
export function readDefinition(document: unknown, file: string): PipelineDefinition {
  const filled = fillDefaults(document);
  const parsed = definitionSchema.safeParse(filled, { error: wordIssue });
  const problem = firstProblem(parsed);
  if (parsed.data === undefined || problem !== null) {
    const { path, problem: text } = problem ?? { path: [], problem: "it is not valid." };
    throw new NereusError("import-invalid", { file, place: placeIn(filled, path), problem: text });
  }
  checkInput(parsed.data, file);
  validateDefinition(parsed.data, parsed.data.prepared ?? []);
  return parsed.data;
}

/** The path, and the name of the node that it lies in. */
function placeIn(document: unknown, path: JsonPath): string {
  const place = jsonPlace(path);
  const [list, index] = path;
  if (list !== "nodes" || typeof index !== "number" || !isRecord(document) || !Array.isArray(document.nodes))
    return place;
  const node: unknown = document.nodes[index];
  return isRecord(node) && typeof node.id === "string" ? `${place} (node ${node.id})` : place;
}

/** A run's input is checked against this schema, so it must be one of an object that can be read. */
function checkInput({ input }: PipelineDefinition, file: string): void {
  const refuse = (problem: string, cause?: unknown) =>
    new NereusError("import-invalid", { file, place: "input", problem }, { cause });
  if (input.type !== "object") throw refuse('the JSON Schema of the run input must say "type": "object".');
  try {
    z.fromJSONSchema(input);
  } catch (cause) {
    throw refuse(`the JSON Schema cannot be read: ${cause instanceof Error ? cause.message : String(cause)}.`, cause);
  }
}
