import { NereusError } from "@/lib/errors";
import { type Calendar, calendars } from "@/lib/formats/calendar";

/**
 * Turns CF times (`hours since 1900-01-01`) into ISO 8601 UTC, `2005-08-28T12:00:00Z`, rounded to the second as files
 * hold times in fractions of a day. Dates of model calendars come as they are there (30 February in `360_day`).
 * @param values counts of the unit; NaN is refused
 * @param time.units   `<unit> since <date>[ time][ zone]`; without an epoch, time-undefined: the caller has to know it
 * @param time.calendar  CF name; absent = standard
 * @throws time-undefined
 * Source: CF conventions 1.8, section 4.4; UDUNITS spellings of the units.
 */
export function decodeTimes(
  values: ArrayLike<number>,
  time: { readonly units: string | undefined; readonly calendar?: string | undefined; readonly file: string },
): string[] {
  const refuse = (problem: string) => new NereusError("time-undefined", { file: time.file, problem });
  const calendar = calendars.get((time.calendar ?? "standard").toLowerCase());
  if (calendar === undefined) throw refuse(`its calendar is “${time.calendar}”`);
  const match = /^\s*([A-Za-z_]+)\s+since\s+(.+?)\s*$/i.exec(time.units ?? "");
  if (match === null) throw refuse(`its units are “${time.units ?? ""}”, with no start date`);
  const unitMs = unitsMs.get((match[1] ?? "").toLowerCase()) ?? wholeUnitMs(match[1] ?? "", time.calendar ?? "");
  if (unitMs === undefined) throw refuse(`its unit of time is “${match[1]}”`);
  const epoch = parseEpoch(match[2] ?? "", calendar);
  if (epoch === null) throw refuse(`its start date is “${match[2]}”`);
  return Array.from(values, (value) => {
    if (!Number.isFinite(value)) throw refuse("a time is missing");
    return format(calendar, epoch, value * unitMs);
  });
}

/** Months and years count only in calendars where all of them are equally long. */
function wholeUnitMs(unit: string, calendar: string): number | undefined {
  if (/^months?$/i.test(unit) && calendar === "360_day") return 30 * dayMs;
  if (/^common_years?$/i.test(unit) && /^(noleap|365_day)$/.test(calendar)) return 365 * dayMs;
  return undefined;
}

const unitsMs: ReadonlyMap<string, number> = new Map([
  ...spellings(0.001, ["microsec", "microsecs", "microsecond", "microseconds"]),
  ...spellings(1, ["ms", "msec", "msecs", "millisec", "millisecs", "millisecond", "milliseconds"]),
  ...spellings(1000, ["s", "sec", "secs", "second", "seconds"]),
  ...spellings(60_000, ["min", "mins", "minute", "minutes"]),
  ...spellings(3_600_000, ["h", "hr", "hrs", "hour", "hours"]),
  ...spellings(86_400_000, ["d", "day", "days"]),
]);

function spellings(ms: number, names: readonly string[]): [string, number][] {
  return names.map((name) => [name, ms]);
}

type Epoch = { readonly days: number; readonly ms: number };

const dayMs = 86_400_000;

/**
 * Date (year first), optional time of day and zone. A zone that cannot be read and a date such as `1-1-1970` are
 * refused: silently wrong times are worse.
 */
function parseEpoch(text: string, calendar: Calendar): Epoch | null {
  const match =
    /^([+-]?\d{1,5})-(\d{1,2})-(\d{1,2})(?!\d)(?:[T\s]+(\d{1,2})(?::(\d{1,2}))?(?::(\d{1,2}(?:\.\d*)?))?)?\s*(.*)$/.exec(
      text,
    );
  if (match === null) return null;
  const [, first, month, last, hour, minute, second, zone] = match;
  const zoneMs = parseZone(zone ?? "");
  if (zoneMs === null) return null;
  const days = calendar.toDays(Number(first), Number(month), Number(last));
  const ms = Number(hour ?? 0) * 3_600_000 + Number(minute ?? 0) * 60_000 + Number(second ?? 0) * 1000;
  return { days, ms: ms - zoneMs };
}

function parseZone(zone: string): number | null {
  if (/^(|Z|UTC|GMT|UT)$/i.test(zone)) return 0;
  // One digit (`-9:00`) is no zone to the common readers, which take such times as UTC; so do we.
  if (/^[+-]\d:\d{2}$/.test(zone)) return 0;
  const match = /^(?:UTC|GMT)?\s*([+-])(\d{2})(?::?(\d{2}))?$/i.exec(zone);
  if (match === null) return null;
  return (match[1] === "-" ? -1 : 1) * (Number(match[2]) * 3_600_000 + Number(match[3] ?? 0) * 60_000);
}

function format(calendar: Calendar, epoch: Epoch, offsetMs: number): string {
  const seconds = Math.round((epoch.ms + offsetMs) / 1000);
  const dayOffset = Math.floor((seconds * 1000) / dayMs);
  const rest = seconds - (dayOffset * dayMs) / 1000;
  const { year, month, day } = calendar.fromDays(epoch.days + dayOffset);
  const clock = [rest / 3600, (rest / 60) % 60, rest % 60].map((part) => pad(Math.floor(part), 2)).join(":");
  return `${year < 0 ? "-" : ""}${pad(Math.abs(year), 4)}-${pad(month, 2)}-${pad(day, 2)}T${clock}Z`;
}

function pad(value: number, width: number): string {
  return String(value).padStart(width, "0");
}
