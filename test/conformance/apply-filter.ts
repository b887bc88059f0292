import { applyFilter as keepArtifacts } from "@/lib/dag/apply-filter";
import type { ArtifactFilter } from "@/lib/dag/artifact-filter";
import type { ArtifactRecord } from "@/lib/dag/artifact-record";

type Given = {
  readonly artifacts: readonly Pick<ArtifactRecord, "id" | "file_name" | "file_size" | "mime_type" | "metadata">[];
  readonly filter: ArtifactFilter;
};

export function applyFilter({ artifacts, filter }: Given): { readonly kept: readonly string[] } {
  return { kept: keepArtifacts(artifacts, filter).map(({ id }) => id) };
}
