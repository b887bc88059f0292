import type { ArtifactRecord } from "@/lib/dag/artifact-record";

/**
 * A field over the artifacts of a node, those that have it: null when none has, the value itself when one has, else a list.
 * A file field that is null counts as absent, metadata that is null does not.
 * @param field  `file_path`, `file_name`, `file_size`, `mime_type`, else one key of the metadata
 * Source: conformance/README.md, Expressions.
 */
export function readField(artifacts: readonly ArtifactRecord[], field: string): unknown {
  const values = artifacts.flatMap((artifact) => valuesOf(artifact, field));
  return values.length > 1 ? values : (values[0] ?? null);
}

/** The value as a list of one, since it may be a list itself; empty when it is absent. */
function valuesOf(artifact: ArtifactRecord, field: string): readonly [unknown] | readonly [] {
  switch (field) {
    case "file_path":
    case "file_name":
    case "file_size":
    case "mime_type": {
      const value = artifact[field];
      return value === null ? [] : [value];
    }
    default:
      return Object.hasOwn(artifact.metadata, field) ? [artifact.metadata[field]] : [];
  }
}
