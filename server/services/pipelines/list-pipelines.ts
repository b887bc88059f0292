import type { PipelineId } from "@/lib/ids";
import type { ImportFormat } from "@/lib/interchange/file-formats";
import type { LocalText, PipelineDefinition } from "@/lib/pipeline/definition";
import { pipelines } from "@/pipelines/registry";
import type { ServiceContext } from "@/server/services/context";
import { readImportedPipelines } from "@/server/store/imported-pipeline";

export type PipelineView = {
  readonly id: PipelineId;
  readonly title: LocalText;
  readonly kind: PipelineDefinition["kind"];
  readonly nodes: number;
  /** Nodes that cannot run here, and why. */
  readonly unrunnable: readonly { readonly node: string; readonly why: string }[];
  /** Null for a built-in one. Time is ISO 8601 UTC. */
  readonly imported: {
    readonly format: ImportFormat;
    readonly source: string;
    readonly at: string;
    readonly version: string;
  } | null;
};

/** Every pipeline of this installation: the built-in ones, then those that were imported. */
export async function listPipelines(ctx: Pick<ServiceContext, "db">): Promise<readonly PipelineView[]> {
  const rows = await readImportedPipelines(ctx.db);
  return [
    ...pipelines.map(({ definition }) => viewOf(definition, null)),
    ...rows.map(({ definition, format, source, importedAt, versionHash }) =>
      viewOf(definition, { format, source, at: importedAt.toISOString(), version: versionHash }),
    ),
  ];
}

function viewOf(definition: PipelineDefinition, imported: PipelineView["imported"]): PipelineView {
  const { id, title, kind, nodes } = definition;
  const unrunnable = nodes.flatMap((node) => (node.unrunnable ? [{ node: node.id, why: node.unrunnable }] : []));
  return { id, title, kind, nodes: nodes.length, unrunnable, imported };
}
