import { z } from "zod";
import { operatorActions } from "@/lib/dag/operator-wish";
import { runStates } from "@/lib/dag/state";
import { procedure, router } from "@/server/api/trpc";
import { cancelRun } from "@/server/services/runs/cancel-run";
import { decideGate } from "@/server/services/runs/decide-gate";
import { explainRun } from "@/server/services/runs/explain-run";
import { getRun } from "@/server/services/runs/get-run";
import { listRuns } from "@/server/services/runs/list-runs";
import { operateRun } from "@/server/services/runs/operate-run";
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

const operatorWish = z.object({
  runId: z.string().max(64),
  action: z.enum(operatorActions),
  node: z.string().max(63).optional(),
  tasks: z.array(z.string().max(1000)).min(1).max(10_000).readonly().optional(),
  downstream: z.boolean().optional(),
  value: z.int().optional(),
  outputs: z
    .array(z.object({ kind: z.literal("artifact"), artifactId: z.string().max(64) }))
    .max(1000)
    .optional(),
  generation: z.int().optional(),
});
const whyQuestion = z.object({
  runId: z.string().max(64),
  node: z.string().max(63).optional(),
  task: z.string().max(1000).optional(),
});
const gateDecision = z.object({
  runId: z.string(),
  node: z.string().max(64),
  tasks: z.array(z.string().max(1000)).max(10_000).optional(),
  decision: z.enum(["approved", "rejected"]),
  reason: z.string().trim().min(1).max(500),
});

export const runsRouter = router({
  list: procedure.input(listFilter).query(({ ctx, input }) => listRuns(ctx.service, input)),
  get: procedure.input(z.object({ runId: z.string() })).query(({ ctx, input }) => getRun(ctx.service, input.runId)),
  request: procedure.input(runRequest).mutation(({ ctx, input }) => requestRun(ctx.service, input)),
  decideGate: procedure.input(gateDecision).mutation(({ ctx, input }) => decideGate(ctx.service, input)),
  cancel: procedure
    .input(z.object({ runId: z.string(), reason: z.string().trim().min(1).max(500) }))
    .mutation(({ ctx, input }) => cancelRun(ctx.service, input)),
  previewOperation: procedure
    .input(operatorWish)
    .query(({ ctx, input }) => operateRun(ctx.service, { ...input, reason: "", preview: true })),
  operate: procedure
    .input(operatorWish.extend({ reason: z.string().trim().min(1).max(500) }))
    .mutation(({ ctx, input }) => operateRun(ctx.service, input)),
  why: procedure.input(whyQuestion).query(({ ctx, input }) => explainRun(ctx.service, input)),
});
