import { assertNever } from "@/lib/assert-never";
import { exportIoGraph } from "@/lib/interchange/capio-cl/export-io-graph";
import { exportTaskMap } from "@/lib/interchange/dagonstar/export-task-map";
import type { ExportFormat } from "@/lib/interchange/file-formats";
import { printDefinition } from "@/lib/interchange/print-definition";
import type { PipelineDefinition } from "@/lib/pipeline/definition";
import type { ServiceContext } from "@/server/services/context";
import { demand } from "@/server/services/permissions";
import { demandPipeline } from "@/server/services/pipelines/find-any-pipeline";

/**
 * The text of a pipeline's definition in a format.
 * @throws {NereusError} pipeline-unknown, not-permitted
 */
export async function exportPipeline(
  ctx: ServiceContext,
  wish: { readonly pipelineId: string; readonly format: ExportFormat },
): Promise<{ readonly fileName: string; readonly text: string }> {
  demand(ctx.actor, "export pipelines");
  const { definition } = await demandPipeline(ctx.db, wish.pipelineId);
  return { fileName: `${definition.id}.${wish.format}.json`, text: printAs(definition, wish.format) };
}

function printAs(definition: PipelineDefinition, format: ExportFormat): string {
  switch (format) {
    case "json":
      return printDefinition(definition);
    case "dagonstar":
      return `${JSON.stringify(exportTaskMap(definition), null, 2)}\n`;
    case "capio-cl":
      return `${JSON.stringify(exportIoGraph(definition), null, 2)}\n`;
    default:
      return assertNever(format);
  }
}
