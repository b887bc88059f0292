import { z } from "zod";
import { exportFormats, importFormats } from "@/lib/interchange/file-formats";
import { procedure, router } from "@/server/api/trpc";
import { exportPipeline } from "@/server/services/pipelines/export-pipeline";
import { importPipeline } from "@/server/services/pipelines/import-pipeline";
import { listPipelines } from "@/server/services/pipelines/list-pipelines";

const file = z.object({
  name: z.string().trim().min(1).max(200),
  text: z.string().max(5_000_000),
  format: z.enum(importFormats).optional(),
  id: z.string().max(64).optional(),
});

export const pipelinesRouter = router({
  list: procedure.query(({ ctx }) => listPipelines(ctx.service)),
  export: procedure
    .input(z.object({ pipelineId: z.string().max(64), format: z.enum(exportFormats) }))
    .query(({ ctx, input }) => exportPipeline(ctx.service, input)),
  previewImport: procedure
    .input(file)
    .mutation(({ ctx, input }) => importPipeline(ctx.service, { ...input, preview: true })),
  import: procedure.input(file).mutation(({ ctx, input }) => importPipeline(ctx.service, input)),
});
