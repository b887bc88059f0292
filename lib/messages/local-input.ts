import { portalTimeZone } from "@/lib/messages/portal-time-zone";

/**
 * An instant as the value of a date-and-time box, in local time: `2026-07-01T14:00`.
 * @param iso  ISO 8601 instant
 */
export function toLocalInput(iso: string): string {
  const parts = new Intl.DateTimeFormat("en-GB", {
    timeZone: portalTimeZone,
    hourCycle: "h23",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
  }).formatToParts(new Date(iso));
  const of = (type: Intl.DateTimeFormatPartTypes) => parts.find((part) => part.type === type)?.value ?? "";
  return `${of("year")}-${of("month")}-${of("day")}T${of("hour")}:${of("minute")}`;
}

/**
 * The instant of a local date and time, ISO 8601 UTC; null for text that is none. When the clock goes back the first of
 * the two instants is meant; a time that the clock skips is read an hour later.
 */
export function fromLocalInput(text: string): string | null {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/.test(text)) return null;
  const asUtc = Date.parse(`${text}:00Z`);
  if (Number.isNaN(asUtc)) return null;
  const candidates = [2, 1].map((hours) => new Date(asUtc - hours * 3_600_000).toISOString());
  const exact = candidates.find((iso) => toLocalInput(iso) === text);
  return (exact ?? candidates[1] ?? "").replace(".000Z", "Z");
}
