import { z } from "zod";
import { procedure, router } from "@/server/api/trpc";
import { addFarm } from "@/server/services/farms/add-farm";
import { listFarms } from "@/server/services/farms/list-farms";
import { removeFarm } from "@/server/services/farms/remove-farm";

const newFarm = z.object({
  name: z.string().trim().min(1).max(200),
  depthM: z.number().min(0).max(60),
  geometry: z.record(z.string(), z.unknown()),
});

export const farmsRouter = router({
  list: procedure.query(({ ctx }) => listFarms(ctx.service)),
  add: procedure.input(newFarm).mutation(({ ctx, input }) => addFarm(ctx.service, input)),
  remove: procedure
    .input(z.object({ id: z.string().max(64) }))
    .mutation(({ ctx, input }) => removeFarm(ctx.service, input)),
});
