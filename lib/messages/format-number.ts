import type { Locale } from "@/lib/messages/messages";

/**
 * A number as people read it: comma in Italian, point in English, thin space from 10 000 on, true minus.
 * @param decimals  digits after the mark; kept also when they are zero
 */
export function formatNumber(value: number, locale: Locale, decimals = 0): string {
  const [whole = "0", fraction] = Math.abs(value).toFixed(decimals).split(".");
  const grouped = whole.length > 4 ? whole.replace(/\B(?=(\d{3})+$)/g, "\u2009") : whole;
  const mark = locale === "it" ? "," : ".";
  const sign = value < 0 && Number(value.toFixed(decimals)) !== 0 ? "\u2212" : "";
  return `${sign}${grouped}${fraction === undefined ? "" : `${mark}${fraction}`}`;
}

/** A size in bytes: `812 B`, `41 kB`, `38.2 MB`; thousands, as disks are sold. */
export function formatSize(bytes: number, locale: Locale): string {
  const units = ["B", "kB", "MB", "GB", "TB"] as const;
  let value = bytes;
  let unit = 0;
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  const decimals = unit >= 2 && value < 100 ? 1 : 0;
  return `${formatNumber(value, locale, decimals)}\u2009${units[unit] ?? "B"}`;
}

/** A position with four decimals and hemispheres: `40.8385 N 14.3015 E`. */
export function formatPosition(latDegrees: number, lonDegrees: number, locale: Locale): string {
  const lat = `${formatNumber(Math.abs(latDegrees), locale, 4)} ${latDegrees < 0 ? "S" : "N"}`;
  const west = locale === "it" ? "O" : "W";
  return `${lat} ${formatNumber(Math.abs(lonDegrees), locale, 4)} ${lonDegrees < 0 ? west : "E"}`;
}
