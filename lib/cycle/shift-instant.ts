import { DateTime, Duration } from "luxon";
import { instantOf, minuteCyclePointOf } from "@/lib/cycle/cycle-point";
import type { CyclePoint } from "@/lib/ids";

/**
 * A moment so long before or after another, by the calendar of UTC.
 * @param offset  ISO 8601 duration with or without sign, such as `PT6H` or `-P1D`
 */
export const shiftInstant = (at: Date, offset: string): Date =>
  DateTime.fromJSDate(at, { zone: "utc" }).plus(Duration.fromISO(offset)).toJSDate();

/** The cycle at an offset from another; null for the same one. */
export const shiftCycle = (cycle: CyclePoint, offset: string | null): CyclePoint =>
  offset === null ? cycle : minuteCyclePointOf(shiftInstant(instantOf(cycle), offset));
