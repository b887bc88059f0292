import { asId, type CyclePoint } from "@/lib/ids";

/** Hours between the nominal times of the routine weather chains (00, 06, 12, 18 UTC). */
const synopticHours = 6;

/** The nominal time that an instant stands for, to the hour, in UTC. */
export function cyclePointOf(at: Date): CyclePoint {
  return asId<CyclePoint>(`${at.toISOString().slice(0, 13)}Z`);
}

/** The beginning of the hour that a cycle is named for. */
export function instantOf(cycle: CyclePoint): Date {
  return new Date(`${cycle.slice(0, 13)}:00:00Z`);
}

/** The last of 00, 06, 12 and 18 UTC that has begun. */
export function latestSynopticCycle(now: Date): CyclePoint {
  const at = new Date(now);
  at.setUTCHours(now.getUTCHours() - (now.getUTCHours() % synopticHours), 0, 0, 0);
  return cyclePointOf(at);
}
