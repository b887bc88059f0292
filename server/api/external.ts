import { z } from "zod";
import { procedure, router } from "@/server/api/trpc";
import { createDagonToken } from "@/server/services/external/create-dagon-token";
import { deleteExternalRun } from "@/server/services/external/delete-external-run";
import { getExternalRun } from "@/server/services/external/get-external-run";
import { listDagonTokens } from "@/server/services/external/list-dagon-tokens";
import { listExternalRuns } from "@/server/services/external/list-external-runs";
import { revokeDagonToken } from "@/server/services/external/revoke-dagon-token";

export const externalRouter = router({
  list: procedure
    .input(z.object({ limit: z.int().min(1).max(200) }))
    .query(({ ctx, input }) => listExternalRuns(ctx.service, input)),
  get: procedure.input(z.object({ id: z.string() })).query(({ ctx, input }) => getExternalRun(ctx.service, input.id)),
  remove: procedure
    .input(z.object({ id: z.string(), reason: z.string().trim().min(1).max(500) }))
    .mutation(({ ctx, input }) => deleteExternalRun(ctx.service, input)),
  tokens: procedure.query(({ ctx }) => listDagonTokens(ctx.service)),
  createToken: procedure
    .input(z.object({ label: z.string().trim().min(1).max(120) }))
    .mutation(({ ctx, input }) => createDagonToken(ctx.service, input)),
  revokeToken: procedure
    .input(z.object({ id: z.string() }))
    .mutation(({ ctx, input }) => revokeDagonToken(ctx.service, input)),
});
