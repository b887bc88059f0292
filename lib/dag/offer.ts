import { applyFilter } from "@/lib/dag/apply-filter";
import type { DagArtifact } from "@/lib/dag/dag-state";
import type { Draft } from "@/lib/dag/draft";
import { edgeState } from "@/lib/dag/edge-state";
import type { GraphInput, GraphNode } from "@/lib/dag/graph";
import type { ArtifactId } from "@/lib/ids";

/** What an input of a node offers once its edge is ready. */
export type Offer = {
  readonly input: GraphInput;
  /** Before the filter. */
  readonly found: readonly DagArtifact[];
  /** After the rules of the filter, before its selection. */
  readonly allowed: readonly DagArtifact[];
  /** After all of the filter. */
  readonly kept: readonly DagArtifact[];
};

/** What the inputs of a node offer, in their order; nothing for an edge that is not ready. */
export function offersOf(draft: Draft, node: GraphNode, inputs: readonly GraphInput[]): readonly Offer[] {
  return inputs.map((input) => {
    const edge = edgeState(draft, node, input);
    const found = edge.kind === "ready" ? edge.artifacts : [];
    const allowed = filtered(found, input.filter && { rules: input.filter.rules });
    return { input, found, allowed, kept: filtered(found, input.filter) };
  });
}

/** Artifacts as a filter sees them. */
function filtered(artifacts: readonly DagArtifact[], filter: GraphInput["filter"]): readonly DagArtifact[] {
  if (filter === null) return artifacts;
  const records = artifacts.map((artifact) => ({
    artifact,
    file_name: artifact.path.slice(artifact.path.lastIndexOf("/") + 1),
    file_size: artifact.sizeBytes,
    mime_type: artifact.mimeType,
    metadata: artifact.metadata,
  }));
  return applyFilter(records, filter).map(({ artifact }) => artifact);
}

/** The group of an artifact: the value of a metadata field, else its origin; null goes to every group. */
export const groupOf = (node: GraphNode, artifact: DagArtifact): string | null =>
  node.groupBy === null ? artifact.originId : textOrNull(artifact.metadata[node.groupBy]);

const textOrNull = (value: unknown): string | null => (value === undefined || value === null ? null : String(value));

export type Group = { readonly group: string | null; readonly first: DagArtifact };

/**
 * Groups that keep an artifact of their own, in the order of their first appearance; one without a name when there are
 * only artifacts for every group.
 */
export function groupsOf(node: GraphNode, offers: readonly Offer[]): readonly Group[] {
  const firsts = new Map<string, DagArtifact>();
  let shared: DagArtifact | null = null;
  for (const artifact of offers.flatMap(({ allowed }) => allowed)) {
    const group = groupOf(node, artifact);
    if (group === null) shared ??= artifact;
    else if (!firsts.has(group)) firsts.set(group, artifact);
  }
  const shares = sharesOf(node, offers);
  if (firsts.size > 0) {
    const groups = [...firsts].filter(([group]) => shares.some((share) => keepsOwn(share, group)));
    return groups.map(([group, first]) => ({ group, first }));
  }
  return shared === null || shares.every((share) => selectFor(share, null).length === 0)
    ? []
    : [{ group: null, first: shared }];
}

/** What a group sees, input by input: its own artifacts, then those for every group; a selection picks one of them. */
export function seenByGroup(
  node: GraphNode,
  offers: readonly Offer[],
  group: string | null,
): readonly (readonly DagArtifact[])[] {
  return sharesOf(node, offers).map((share) => selectFor(share, group));
}

/** What an input offers, by group; one pass, so that many groups cost no more than their artifacts. */
type Share = {
  readonly select: NonNullable<GraphInput["filter"]>["select"];
  readonly own: ReadonlyMap<string, readonly DagArtifact[]>;
  readonly shared: readonly DagArtifact[];
};

function sharesOf(node: GraphNode, offers: readonly Offer[]): readonly Share[] {
  return offers.map(({ input, allowed }) => {
    const own = new Map<string, DagArtifact[]>();
    const shared: DagArtifact[] = [];
    for (const artifact of allowed) {
      const group = groupOf(node, artifact);
      const list = group === null ? shared : (own.get(group) ?? []);
      list.push(artifact);
      if (group !== null) own.set(group, list);
    }
    return { select: input.filter?.select, own, shared };
  });
}

function selectFor({ select, own, shared }: Share, group: string | null): readonly DagArtifact[] {
  const both = [...(group === null ? [] : (own.get(group) ?? [])), ...shared];
  return select ? filtered(both, { rules: [], select }) : both;
}

function keepsOwn(share: Share, group: string): boolean {
  const own = share.own.get(group) ?? [];
  return own.length > 0 && (!share.select || selectFor(share, group).some((artifact) => own.includes(artifact)));
}

/** The artifact that names a group by origin; a group by metadata has none. */
export const originOf = (node: GraphNode, { first }: Group): ArtifactId | null =>
  node.groupBy === null ? first.originId : null;
