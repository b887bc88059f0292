import { NereusError } from "@/lib/errors";
import { asId, type CyclePoint } from "@/lib/ids";

/** Hours between the nominal times of the routine weather chains (00, 06, 12, 18 UTC). */
const synopticHours = 6;

/** The nominal time that an instant stands for, to the hour, in UTC. */
export function cyclePointOf(at: Date): CyclePoint {
  return asId<CyclePoint>(`${at.toISOString().slice(0, 13)}Z`);
}

/** The same to the minute, for chains that start more than once an hour; a full hour is written without minutes. */
export function minuteCyclePointOf(at: Date): CyclePoint {
  return at.getUTCMinutes() === 0 ? cyclePointOf(at) : asId<CyclePoint>(`${at.toISOString().slice(0, 16)}Z`);
}

/** The instant that a cycle is named for: `2026-07-01T00Z` or `2026-07-01T00:10Z`. */
export function instantOf(cycle: CyclePoint): Date {
  const text = cycle.slice(0, -1);
  return new Date(text.length === "2026-07-01T00".length ? `${text}:00:00Z` : `${text}:00Z`);
}

/** The last of 00, 06, 12 and 18 UTC that has begun. */
export function latestSynopticCycle(now: Date): CyclePoint {
  const at = new Date(now);
  at.setUTCHours(now.getUTCHours() - (now.getUTCHours() % synopticHours), 0, 0, 0);
  return cyclePointOf(at);
}

/**
 * An end of a range of cycles as people write it: `2026-07-01`, `2026-07-01T06Z` or `2026-07-01T06:10Z`, in UTC.
 * @param edge  which end a bare date stands for: its first or its last minute
 * @throws {NereusError} cycle-invalid
 */
export function readCycleTime(text: string, edge: "first" | "last"): Date {
  const [, day, hour, minute = "00"] =
    /^(\d{4}-\d\d-\d\d)(?:T(\d\d)(?::?(\d\d)(?::00(?:\.0+)?)?)?Z)?$/.exec(text.trim()) ?? [];
  const time = hour === undefined ? (edge === "first" ? "00:00" : "23:59") : `${hour}:${minute}`;
  const at = new Date(`${day}T${time}:00Z`);
  // JavaScript rolls 31 June over into July.
  if (Number.isNaN(at.getTime()) || at.toISOString().slice(0, 10) !== day)
    throw new NereusError("cycle-invalid", { text });
  return at;
}
