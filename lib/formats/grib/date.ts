import type { GribSection } from "@/lib/formats/grib/message-bytes";
import { wrongMessage } from "@/lib/formats/grib/wrong-message";

/** A time in milliseconds since 1970; refuses dates that do not exist. */
export function dateMs(section: GribSection, [year, month, day, hour, minute, second]: readonly number[]): number {
  const date = new Date(0);
  date.setUTCFullYear(year ?? 0, (month ?? 1) - 1, day ?? 1);
  date.setUTCHours(hour ?? 0, minute ?? 0, second ?? 0);
  const isReal = date.getUTCMonth() === (month ?? 1) - 1 && date.getUTCDate() === day && (hour ?? 0) <= 24;
  if (!isReal)
    throw wrongMessage(section.file, section.message, `its date ${year}-${month}-${day} ${hour}:${minute} is none`);
  return date.getTime();
}

/** `2026-07-01T00:00:00Z`. */
export function isoUtc(ms: number): string {
  return new Date(ms).toISOString().replace(/\.\d+Z$/, "Z");
}

const unitMs: readonly (number | null)[] = [60_000, 3_600_000, 86_400_000];

/**
 * A time so many units after another; months and years are those of the calendar. Null for a unit that is no time.
 * @param unit code table 4.4 of GRIB2; edition 1 (table 4) differs in seconds and quarters of an hour
 */
export function addUnits(
  ms: number,
  count: number,
  unit: { readonly code: number; readonly edition: 1 | 2 },
): number | null {
  const { code, edition } = unit;
  const fixed = unitMs[code];
  if (fixed !== undefined && fixed !== null) return ms + count * fixed;
  const months = new Map([
    [3, 1],
    [4, 12],
    [5, 120],
    [6, 360],
    [7, 1200],
  ]).get(code);
  if (months !== undefined) return new Date(ms).setUTCMonth(new Date(ms).getUTCMonth() + count * months);
  const hours = new Map([
    [10, 3],
    [11, 6],
    [12, 12],
  ]).get(code);
  if (hours !== undefined) return ms + count * hours * 3_600_000;
  if (code === (edition === 1 ? 254 : 13)) return ms + count * 1000;
  if (edition === 1 && (code === 13 || code === 14)) return ms + count * (code === 13 ? 900_000 : 1_800_000);
  return null;
}
