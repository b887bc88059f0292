import type { ServiceContext } from "@/server/services/context";
import { changeSchedule } from "@/server/services/schedules/change-schedule";
import { dropWaiting } from "@/server/store/cycle-intent";
import { deleteSchedule } from "@/server/store/schedule";

/**
 * Removes a schedule with the cycles that wait for it; the runs that it started stay.
 * @throws {NereusError} schedule-unknown, not-permitted
 */
export async function removeSchedule(ctx: ServiceContext, wish: { readonly id: string }): Promise<void> {
  await changeSchedule(ctx, { id: wish.id, verb: "remove a schedule", reason: null }, async (tx, id) => {
    await dropWaiting(tx, id);
    return deleteSchedule(tx, id);
  });
}
