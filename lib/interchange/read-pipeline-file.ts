import { assertNever } from "@/lib/assert-never";
import { NereusError } from "@/lib/errors";
import { importTaskMap } from "@/lib/interchange/dagonstar/import-task-map";
import { toSlug } from "@/lib/interchange/dagonstar/slug-names";
import type { ImportFormat } from "@/lib/interchange/file-formats";
import { isRecord } from "@/lib/interchange/is-record";
import { parseJson } from "@/lib/interchange/parse-json";
import { readDefinition } from "@/lib/interchange/read-definition";
import type { PipelineDefinition } from "@/lib/pipeline/definition";

export type PipelineFile = {
  readonly format: ImportFormat;
  readonly definition: PipelineDefinition;
  /** Id that the file itself gives, when it was imported under another one. */
  readonly ownId: string;
};

/**
 * Reads a pipeline from a file of any format that can be imported.
 * @param file.name  for messages
 * @param file.format  found out from the content when absent
 * @param file.id  the id to import it under, in place of its own
 * @throws {NereusError} import-invalid, import-format, definition-invalid, reference-invalid
 */
export function readPipelineFile(file: {
  readonly name: string;
  readonly text: string;
  readonly format?: ImportFormat;
  readonly id?: string;
}): PipelineFile {
  const document = parseJson(file.text, file.name);
  if (!isRecord(document)) {
    const problem = "a pipeline is an object in braces.";
    throw new NereusError("import-invalid", { file: file.name, place: "$", problem });
  }
  const format = file.format ?? formatOf(document, file.name);
  switch (format) {
    case "json": {
      const ownId = typeof document.id === "string" ? document.id : "";
      const named = file.id === undefined ? document : { ...document, id: file.id };
      return { format, definition: readDefinition(named, file.name), ownId };
    }
    case "dagonstar": {
      const ownId = typeof document.name === "string" ? toSlug(document.name) : "";
      return { format, definition: importTaskMap(document, { file: file.name, id: file.id }), ownId };
    }
    default:
      return assertNever(format);
  }
}

function formatOf(document: Readonly<Record<string, unknown>>, file: string): ImportFormat {
  if ("nodes" in document) return "json";
  if ("tasks" in document) return "dagonstar";
  if ("IO_Graph" in document) {
    const problem =
      "CAPIO-CL says which files are exchanged and no commands, so it makes no pipeline. It is for export.";
    throw new NereusError("import-format", { file, problem });
  }
  const problem = "it has neither “nodes” nor “tasks”, so it is no pipeline of a known format. Known: json, dagonstar.";
  throw new NereusError("import-format", { file, problem });
}
