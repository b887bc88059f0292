import { Cron } from "croner";
import { cyclePointOf, minuteCyclePointOf } from "@/lib/cycle/cycle-point";
import { type IsoRecurrence, readIsoRecurrence } from "@/lib/cycle/iso-recurrence";
import { NereusError } from "@/lib/errors";
import type { CyclePoint } from "@/lib/ids";

/** When a schedule fires: five cron fields, or an ISO 8601 recurrence (`R/2026-07-01T00:00/P1D`), in a time zone. */
export type Recurrence = { readonly cron: string; readonly timeZone: string };

/**
 * The next instants at which a schedule fires, each strictly after the one before. Safe across changes of the clock: an
 * hour that is skipped in spring fires once at the change, an hour that comes twice in autumn fires once.
 * @param count  how many at most; a schedule that ends gives fewer
 * @throws {NereusError} cron-invalid, recurrence-invalid, time-zone-unknown
 */
export function nextInstants(recurrence: Recurrence, after: Date, count: number): readonly Date[] {
  const iso = readIso(recurrence);
  if (iso === null) return parse(recurrence).nextRuns(count, after);
  const first = firstAfter(iso, after);
  return Array.from({ length: count }, (_, step) => iso.at(first + step)).filter((at) => at !== null);
}

/**
 * The last instants of a schedule in (after, until], oldest first.
 * @param count  how many at most: a schedule of every minute that slept a year is not walked through
 * @throws {NereusError} cron-invalid, recurrence-invalid, time-zone-unknown
 */
export function lastInstants(
  recurrence: Recurrence,
  range: { readonly after: Date; readonly until: Date },
  count: number,
): readonly Date[] {
  const { after, until } = range;
  const iso = readIso(recurrence);
  if (iso !== null) {
    const end = firstAfter(iso, until);
    const times = Array.from({ length: count }, (_, step) => iso.at(end - count + step));
    return times.filter((at) => at !== null).filter((at) => at > after);
  }
  // The library looks strictly before its reference.
  const before = parse(recurrence).previousRuns(count, new Date(until.getTime() + 1000));
  return before.filter((at) => at > after && at <= until).reverse();
}

/** @throws {NereusError} cron-invalid, recurrence-invalid, time-zone-unknown */
export function checkRecurrence(recurrence: Recurrence): void {
  nextInstants(recurrence, new Date(0), 1);
}

/**
 * Names the cycle of a time of the schedule: by its hour, or by its minute where the schedule fires more than once an
 * hour, so that no two of its times share a cycle.
 */
export function cycleNamer(recurrence: Recurrence): (at: Date) => CyclePoint {
  const times = nextInstants(recurrence, gapsFrom, gapsLookedAt).map((time) => time.getTime());
  const isDense = times.some((time, index) => time - (times[index - 1] ?? Number.NEGATIVE_INFINITY) < hourMs);
  return isDense ? minuteCyclePointOf : cyclePointOf;
}

const hourMs = 3_600_000;
/** A fixed beginning, so that a schedule names its cycles the same way for ever. */
const gapsFrom = new Date("2026-01-01T00:00:00Z");
const gapsLookedAt = 30;

/** The number of the first time after an instant: a guess from the mean length of a step, then put right. */
function firstAfter(iso: IsoRecurrence, after: Date): number {
  const start = iso.at(0)?.getTime() ?? 0;
  let n = Math.max(0, Math.min(iso.count, Math.floor((after.getTime() - start) / iso.stepMs) - 1));
  for (let at = iso.at(n - 1); at !== null && at > after; at = iso.at(n - 1)) n -= 1;
  for (let at = iso.at(n); at !== null && at <= after; at = iso.at(n)) n += 1;
  return n;
}

function readIso({ cron, timeZone }: Recurrence): IsoRecurrence | null {
  checkZone(timeZone);
  return cron.trim().startsWith("R") ? readIsoRecurrence(cron, timeZone) : null;
}

function checkZone(timeZone: string): void {
  try {
    new Intl.DateTimeFormat("en", { timeZone });
  } catch (cause) {
    throw new NereusError("time-zone-unknown", { timeZone }, { cause });
  }
}

const ranges: Readonly<Record<string, string>> = {
  minute: "minute must be from 0 to 59",
  hour: "hour must be from 0 to 23",
  day: "day must be from 1 to 31",
  month: "month must be from 1 to 12",
  dayOfWeek: "day of the week must be from 0 to 7",
};

/** The library counts days and months from 0 in its messages, so its numbers are not repeated. */
function describeProblem(cause: unknown): string {
  const field = /Invalid value for (\w+)/.exec(String(cause))?.[1] ?? "";
  return ranges[field] ? `its ${ranges[field]}` : "a field cannot be read";
}

function parse({ cron, timeZone }: Recurrence): Cron {
  const fields = cron.trim().split(/\s+/).length;
  if (fields !== 5) throw new NereusError("cron-invalid", { cron, problem: `it has ${fields} fields` });
  try {
    return new Cron(cron.trim(), { timezone: timeZone, paused: true });
  } catch (cause) {
    throw new NereusError("cron-invalid", { cron, problem: describeProblem(cause) }, { cause });
  }
}
