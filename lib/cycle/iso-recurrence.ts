import { DateTime, Duration } from "luxon";
import { NereusError } from "@/lib/errors";

/** Times of an ISO 8601 recurrence: `start + n × step`, n from 0. */
export type IsoRecurrence = {
  /** The n-th time; null past the last one. */
  at(n: number): Date | null;
  /** How many times there are; Infinity without a count. */
  readonly count: number;
  /** About how long a step is, ms; to find the number of a time. */
  readonly stepMs: number;
};

/**
 * Reads `R[n]/start/duration`, `R[n]/start/end` and `R[n]/duration/end`; `R3` means three times in all, `R` without end.
 * Days, weeks, months and years follow the calendar of the zone (the 31st falls back to the last day of a shorter month,
 * and comes back), hours and less the clock. A local time that spring skips moves forward by the gap; of one that autumn
 * repeats the first is taken. A time without offset is a local one of the zone.
 * @throws {NereusError} recurrence-invalid
 * Source: ISO 8601-1:2019, 5.6; the count is that of cycles, as Cylc reads it.
 */
export function readIsoRecurrence(text: string, timeZone: string): IsoRecurrence {
  const refuse = (problem: string) => new NereusError("recurrence-invalid", { recurrence: text, problem });
  const [, repeat = "", first = "", second = ""] = /^R(\d*)\/([^/]+)\/([^/]+)$/.exec(text.trim()) ?? [];
  if (first === "") throw refuse("it is not of the form R/start/duration");
  if (first.startsWith("P") && repeat === "") throw refuse("without a start it needs a count");
  const count = repeat === "" ? Number.POSITIVE_INFINITY : Number(repeat);
  if (count < 1) throw refuse("its count is 0");
  const moment = (part: string) => readMoment(part, timeZone) ?? raise(refuse(`${part} is not a date and time`));
  const length = (part: string) => readStep(part) ?? raise(refuse(`${part} is not a duration above zero`));
  if (first.startsWith("P")) return backwards(moment(second), length(first), count);
  const start = moment(first);
  const step = second.startsWith("P") ? length(second) : moment(second).diff(start);
  if (step.toMillis() < shortestMs) throw refuse("its step is shorter than a minute");
  return { ...forwards(start, step, count), count };
}

const shortestMs = 60_000;

function raise(error: Error): never {
  throw error;
}

function readMoment(text: string, timeZone: string): DateTime | null {
  const moment = DateTime.fromISO(text, { zone: timeZone });
  return moment.isValid ? moment : null;
}

function readStep(text: string): Duration | null {
  const step = Duration.fromISO(text);
  return step.isValid && step.toMillis() >= shortestMs ? step : null;
}

function forwards(start: DateTime, step: Duration, count: number): IsoRecurrence {
  // Every time is counted from the start: added one by one, 31 January would stay the 28th from March on.
  const at = (n: number) => (n < 0 || n >= count ? null : start.plus(step.mapUnits((value) => value * n)).toJSDate());
  return { at, count, stepMs: step.toMillis() };
}

function backwards(end: DateTime, step: Duration, count: number): IsoRecurrence {
  const at = (n: number) =>
    n < 0 || n >= count ? null : end.minus(step.mapUnits((value) => value * (count - 1 - n))).toJSDate();
  return { at, count, stepMs: step.toMillis() };
}
