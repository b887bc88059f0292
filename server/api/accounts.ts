import { z } from "zod";
import { NereusError } from "@/lib/errors";
import { roles } from "@/lib/roles";
import { procedure, router } from "@/server/api/trpc";
import { changePassword } from "@/server/services/accounts/change-password";
import { createUser } from "@/server/services/accounts/create-user";
import { listUsers } from "@/server/services/accounts/list-users";
import { setRole } from "@/server/services/accounts/set-role";

const newUser = z.object({
  email: z.email().max(254),
  name: z.string().trim().min(1).max(120),
  role: z.enum(roles),
});

export const accountsRouter = router({
  list: procedure.query(({ ctx }) => listUsers(ctx.service)),
  create: procedure.input(newUser).mutation(({ ctx, input }) => createUser(ctx.service, input)),
  setRole: procedure
    .input(z.object({ userId: z.string(), role: z.enum(roles) }))
    .mutation(({ ctx, input }) => setRole(ctx.service, input)),
  changePassword: procedure
    .input(z.object({ current: z.string().max(200), next: z.string().max(200) }))
    .mutation(({ ctx, input }) => {
      if (ctx.viewer === null) throw new NereusError("sign-in-required", { verb: "change own password" });
      return changePassword(ctx.service.db, ctx.viewer, input);
    }),
});
