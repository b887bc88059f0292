import { z } from "zod";
import { procedure, router } from "@/server/api/trpc";
import { listAudit } from "@/server/services/audit/list-audit";

export const auditRouter = router({
  list: procedure
    .input(z.object({ before: z.int().nullable(), limit: z.int().min(1).max(200) }))
    .query(({ ctx, input }) => listAudit(ctx.service, input)),
});
