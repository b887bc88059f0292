import type { ArtifactFilter } from "@/lib/dag/artifact-filter";
import type { FilteredArtifact } from "@/lib/dag/artifact-record";
import { matchesRule } from "@/lib/dag/matches-rule";

/**
 * What an edge lets through, in the order it came: the artifacts that satisfy every rule, of which `select` keeps one.
 * @param filter  null lets everything through
 * Source: conformance/README.md, Filters.
 */
export function applyFilter<Artifact extends FilteredArtifact>(
  artifacts: readonly Artifact[],
  filter: ArtifactFilter | null,
): readonly Artifact[] {
  if (filter === null) return artifacts;
  const kept = artifacts.filter((artifact) => filter.rules.every((rule) => matchesRule(artifact, rule)));
  return filter.select ? selectOne(kept, filter.select) : kept;
}

/** The first of the largest or smallest; artifacts of unknown size do not take part. */
function selectOne<Artifact extends FilteredArtifact>(
  artifacts: readonly Artifact[],
  select: "largest" | "smallest",
): readonly Artifact[] {
  let best: { readonly artifact: Artifact; readonly sizeBytes: number } | null = null;
  for (const artifact of artifacts) {
    const sizeBytes = artifact.file_size;
    if (sizeBytes === null) continue;
    const isBetter = best === null || (select === "largest" ? sizeBytes > best.sizeBytes : sizeBytes < best.sizeBytes);
    if (isBetter) best = { artifact, sizeBytes };
  }
  return best === null ? [] : [best.artifact];
}
