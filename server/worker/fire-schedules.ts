import type { Logger } from "pino";
import { nextInstants } from "@/lib/cycle/recurrence";
import type { ServiceContext } from "@/server/services/context";
import { noteDueCycles } from "@/server/services/cycles/note-due-cycles";
import { releaseCycles } from "@/server/services/cycles/release-cycles";
import { readSchedules } from "@/server/store/schedule";

/** Longest sleep: a clock that was set, or a schedule that nobody told of, is noticed by then, ms. */
const longestSleepMs = 60_000;
/** While cycles wait for others to end, ms; one that could not be started is tried again after it too. */
const waitingSleepMs = 3000;

/**
 * Writes down the cycles whose time has come and starts those that may start now.
 * @returns ms until the next look
 */
export async function fireSchedules(ctx: ServiceContext, log: Logger): Promise<number> {
  let sleepMs = longestSleepMs;
  for (const row of await readSchedules(ctx.db)) {
    try {
      await noteDueCycles(ctx, row.id);
      const [next] = nextInstants(row, ctx.now(), 1);
      if (next) sleepMs = Math.min(sleepMs, next.getTime() - ctx.now().getTime());
    } catch (error) {
      // One broken schedule does not keep the others from firing.
      log.error({ err: error, scheduleId: row.id }, "schedule did not fire");
    }
  }
  if ((await releaseCycles(ctx, log)) > 0) sleepMs = Math.min(sleepMs, waitingSleepMs);
  return Math.max(0, sleepMs);
}
