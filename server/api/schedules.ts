import { z } from "zod";
import { overlaps } from "@/lib/cycle/cycle-intent";
import { procedure, router } from "@/server/api/trpc";
import { planBackfill } from "@/server/services/backfills/plan-backfill";
import { startBackfill } from "@/server/services/backfills/start-backfill";
import { createSchedule } from "@/server/services/schedules/create-schedule";
import { listSchedules } from "@/server/services/schedules/list-schedules";
import { pauseSchedule } from "@/server/services/schedules/pause-schedule";
import { removeSchedule } from "@/server/services/schedules/remove-schedule";
import { resumeSchedule } from "@/server/services/schedules/resume-schedule";
import { showSchedule } from "@/server/services/schedules/show-schedule";

const one = z.object({ id: z.string() });
const newSchedule = z.object({
  pipelineId: z.string().max(64),
  cron: z.string().trim().max(120),
  timeZone: z.string().trim().max(64),
  input: z.record(z.string(), z.unknown()),
  overlap: z.enum(overlaps).optional(),
  catchUp: z.number().int().min(0).max(1000).optional(),
  runahead: z.number().int().min(1).max(1000).nullable().optional(),
});

const range = z.object({
  pipelineId: z.string().max(64),
  from: z.string().trim().max(32),
  to: z.string().trim().max(32),
  schedule: z.string().max(64).optional(),
});

export const schedulesRouter = router({
  list: procedure.query(({ ctx }) => listSchedules(ctx.service)),
  show: procedure.input(one).query(({ ctx, input }) => showSchedule(ctx.service, input.id)),
  previewBackfill: procedure.input(range).query(({ ctx, input }) => planBackfill(ctx.service, input)),
  startBackfill: procedure
    .input(range.extend({ limit: z.number().int().min(1).max(100), reason: z.string().trim().min(1).max(500) }))
    .mutation(({ ctx, input }) => startBackfill(ctx.service, input)),
  create: procedure.input(newSchedule).mutation(({ ctx, input }) => createSchedule(ctx.service, input)),
  pause: procedure
    .input(one.extend({ reason: z.string().trim().min(1).max(500) }))
    .mutation(({ ctx, input }) => pauseSchedule(ctx.service, input)),
  resume: procedure.input(one).mutation(({ ctx, input }) => resumeSchedule(ctx.service, input)),
  remove: procedure.input(one).mutation(({ ctx, input }) => removeSchedule(ctx.service, input)),
});
