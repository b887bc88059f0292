import type { ServiceContext } from "@/server/services/context";
import { changeSchedule } from "@/server/services/schedules/change-schedule";
import { setPaused } from "@/server/store/schedule";

/**
 * Stops a schedule from firing until it is resumed; cycles that pass meanwhile are not made up for.
 * @throws {NereusError} schedule-unknown, not-permitted
 */
export async function pauseSchedule(
  ctx: ServiceContext,
  wish: { readonly id: string; readonly reason: string },
): Promise<void> {
  await changeSchedule(ctx, { ...wish, verb: "pause a schedule" }, (tx, id) => setPaused(tx, id, wish.reason));
}
