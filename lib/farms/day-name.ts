import { portalTimeZone } from "@/lib/messages/portal-time-zone";

/**
 * What people call a day at the time they read of it, by the local date; null for a day that is over or further away.
 * @param fromUtc  ISO 8601 instant at which the day begins
 * @param nowUtc  ISO 8601 instant
 */
export function dayName(fromUtc: string, nowUtc: string): "today" | "tomorrow" | "afterTomorrow" | null {
  const names = ["today", "tomorrow", "afterTomorrow"] as const;
  return names[daysSinceEpoch(fromUtc) - daysSinceEpoch(nowUtc)] ?? null;
}

const dayMs = 86_400_000;

/** Of the local date, so that days of 23 and 25 hours count as one. */
function daysSinceEpoch(iso: string): number {
  const date = new Intl.DateTimeFormat("sv-SE", { dateStyle: "short", timeZone: portalTimeZone }).format(new Date(iso));
  return Date.parse(date) / dayMs;
}
