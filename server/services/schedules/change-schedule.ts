import { NereusError } from "@/lib/errors";
import { asId, type ScheduleId } from "@/lib/ids";
import { auditActor } from "@/server/services/audit-actor";
import type { ServiceContext } from "@/server/services/context";
import { demand } from "@/server/services/permissions";
import { addAudit } from "@/server/store/audit";
import type { Tx } from "@/server/store/database";
import { enqueue } from "@/server/store/enqueue";

/**
 * Changes one schedule with its audit row and wakes the timer, in one transaction.
 * @throws {NereusError} schedule-unknown when `change` finds none, not-permitted
 */
export async function changeSchedule(
  ctx: ServiceContext,
  wish: { readonly id: string; readonly verb: string; readonly reason: string | null },
  change: (tx: Tx, id: ScheduleId) => Promise<boolean>,
): Promise<void> {
  demand(ctx.actor, "manage schedules");
  await ctx.db.transaction(async (tx) => {
    const { id, verb, reason } = wish;
    if (!(await change(tx, asId<ScheduleId>(id)))) throw new NereusError("schedule-unknown", { schedule: id });
    await addAudit(tx, { ...auditActor(ctx.actor), verb, subject: id, reason });
    await enqueue(tx, "timer");
  });
}
