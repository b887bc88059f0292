import { assertNever } from "@/lib/assert-never";
import type { ArtifactRecord } from "@/lib/dag/artifact-record";

/** The structured input of a task; plain JSON. */
export type TaskInput = Readonly<Record<string, unknown>>;

/** What a task is about. */
export type TaskSubject =
  | { readonly kind: "root"; readonly runInput: TaskInput }
  | { readonly kind: "one"; readonly artifact: ArtifactRecord }
  /** A group or everything, as the task sees it, input by input. */
  | { readonly kind: "many"; readonly artifacts: readonly ArtifactRecord[] };

/**
 * What a task gets before its bindings: a root the run input, a task of one artifact its metadata with the file's fields
 * over them, any other `{ artifacts: [...] }` and never the run input.
 * Source: conformance/README.md, Task input and bindings.
 */
export function taskInput(subject: TaskSubject): TaskInput {
  switch (subject.kind) {
    case "root":
      return subject.runInput;
    case "one":
      return flatten(subject.artifact);
    case "many":
      return { artifacts: subject.artifacts.map(describe) };
    default:
      return assertNever(subject);
  }
}

/** A file field that is null leaves metadata of its name alone. */
function flatten({ metadata, file_path, file_name, file_size, mime_type }: ArtifactRecord): TaskInput {
  const known = Object.entries({ file_size, mime_type }).filter(([, value]) => value !== null);
  return { ...metadata, file_path, file_name, ...Object.fromEntries(known) };
}

const describe = ({ file_path, file_name, file_size, mime_type, metadata }: ArtifactRecord): TaskInput => ({
  file_path,
  file_name,
  file_size,
  mime_type,
  metadata,
});
