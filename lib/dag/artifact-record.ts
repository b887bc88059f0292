import type { DagArtifact } from "@/lib/dag/dag-state";

/**
 * An artifact as filters, expressions and bindings see it. Its field names are those that pipelines write, hence their
 * spelling.
 */
export type ArtifactRecord = {
  readonly id: string;
  readonly file_path: string;
  readonly file_name: string;
  /** Bytes. */
  readonly file_size: number | null;
  readonly mime_type: string | null;
  /** Plain JSON; a name is one key, dots are not paths. */
  readonly metadata: Readonly<Record<string, unknown>>;
  /** The artifact at which its branch began; null for one that every group sees. */
  readonly origin: string | null;
};

/** What a filter looks at. */
export type FilteredArtifact = Pick<ArtifactRecord, "file_name" | "file_size" | "mime_type" | "metadata">;

/** @param filePath  where the reader finds the file */
export function recordOf(artifact: DagArtifact, filePath: string): ArtifactRecord {
  const { id, path, sizeBytes, mimeType, metadata, originId } = artifact;
  const file_name = path.slice(path.lastIndexOf("/") + 1);
  return { id, file_path: filePath, file_name, file_size: sizeBytes, mime_type: mimeType, metadata, origin: originId };
}
