import { z } from "zod";
import { procedure, router } from "@/server/api/trpc";
import { createSchedule } from "@/server/services/schedules/create-schedule";
import { listSchedules } from "@/server/services/schedules/list-schedules";
import { pauseSchedule } from "@/server/services/schedules/pause-schedule";
import { removeSchedule } from "@/server/services/schedules/remove-schedule";
import { resumeSchedule } from "@/server/services/schedules/resume-schedule";

const one = z.object({ id: z.string() });
const newSchedule = z.object({
  pipelineId: z.string().max(64),
  cron: z.string().trim().max(120),
  timeZone: z.string().trim().max(64),
  input: z.record(z.string(), z.unknown()),
});

export const schedulesRouter = router({
  list: procedure.query(({ ctx }) => listSchedules(ctx.service)),
  create: procedure.input(newSchedule).mutation(({ ctx, input }) => createSchedule(ctx.service, input)),
  pause: procedure
    .input(one.extend({ reason: z.string().trim().min(1).max(500) }))
    .mutation(({ ctx, input }) => pauseSchedule(ctx.service, input)),
  resume: procedure.input(one).mutation(({ ctx, input }) => resumeSchedule(ctx.service, input)),
  remove: procedure.input(one).mutation(({ ctx, input }) => removeSchedule(ctx.service, input)),
});
