import { accountsRouter } from "@/server/api/accounts";
import { auditRouter } from "@/server/api/audit";
import { externalRouter } from "@/server/api/external";
import { farmsRouter } from "@/server/api/farms";
import { pipelinesRouter } from "@/server/api/pipelines";
import { runsRouter } from "@/server/api/runs";
import { schedulesRouter } from "@/server/api/schedules";
import { router } from "@/server/api/trpc";

/** Every call of the portal by area. */
export const appRouter = router({
  accounts: accountsRouter,
  audit: auditRouter,
  external: externalRouter,
  farms: farmsRouter,
  pipelines: pipelinesRouter,
  runs: runsRouter,
  schedules: schedulesRouter,
});
export type AppRouter = typeof appRouter;
