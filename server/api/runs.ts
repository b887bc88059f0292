import { z } from "zod";
import { runStates } from "@/lib/dag/state";
import { procedure, router } from "@/server/api/trpc";
import { cancelRun } from "@/server/services/runs/cancel-run";
import { getRun } from "@/server/services/runs/get-run";
import { listRuns } from "@/server/services/runs/list-runs";
import { requestRun } from "@/server/services/runs/request-run";

const listFilter = z.object({
  limit: z.int().min(1).max(200),
  pipelineId: z.string().optional(),
  state: z.enum(runStates).optional(),
});
const runRequest = z.object({
  pipelineId: z.string().max(64),
  input: z.record(z.string(), z.unknown()),
  idempotencyKey: z.string().min(8).max(100),
});

export const runsRouter = router({
  list: procedure.input(listFilter).query(({ ctx, input }) => listRuns(ctx.service, input)),
  get: procedure.input(z.object({ runId: z.string() })).query(({ ctx, input }) => getRun(ctx.service, input.runId)),
  request: procedure.input(runRequest).mutation(({ ctx, input }) => requestRun(ctx.service, input)),
  cancel: procedure
    .input(z.object({ runId: z.string(), reason: z.string().trim().min(1).max(500) }))
    .mutation(({ ctx, input }) => cancelRun(ctx.service, input)),
});
