import { accountsRouter } from "@/server/api/accounts";
import { auditRouter } from "@/server/api/audit";
import { router } from "@/server/api/trpc";

/** Every call of the portal by area. */
export const appRouter = router({ accounts: accountsRouter, audit: auditRouter });
export type AppRouter = typeof appRouter;
