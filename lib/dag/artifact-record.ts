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
