import type { ServiceContext } from "@/server/services/context";
import { changeSchedule } from "@/server/services/schedules/change-schedule";
import { setPaused } from "@/server/store/schedule";

/**
 * Lets a paused schedule fire again, from its next time on.
 * @throws {NereusError} schedule-unknown, not-permitted
 */
export async function resumeSchedule(ctx: ServiceContext, wish: { readonly id: string }): Promise<void> {
  await changeSchedule(ctx, { id: wish.id, verb: "resume a schedule", reason: null }, (tx, id) =>
    setPaused(tx, id, null),
  );
}
