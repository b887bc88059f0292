import type { Locale } from "@/lib/messages/messages";
import { portalTimeZone } from "@/lib/messages/portal-time-zone";

const tags: Record<Locale, string> = { en: "en-GB", it: "it-IT" };

/**
 * Local time first, UTC beside: `Wed 1 Jul, 14:00 CEST · 12:00 UTC`. The UTC day stands too when it differs.
 * @param iso  ISO 8601 instant
 */
export function formatInstant(iso: string, locale: Locale): string {
  return `${formatLocal(iso, locale)} · ${formatUtc(iso, locale)}`;
}

/** `Wed 1 Jul, 14:00 CEST`. */
export function formatLocal(iso: string, locale: Locale): string {
  const at = new Date(iso);
  const clock = part(at, locale, portalTimeZone, { hour: "2-digit", minute: "2-digit", timeZoneName: "short" });
  return `${formatDay(iso, locale)}, ${clock}`;
}

/** `12:00 UTC`, with its day when local time has another. */
export function formatUtc(iso: string, locale: Locale): string {
  const at = new Date(iso);
  const clock = `${part(at, locale, "UTC", { hour: "2-digit", minute: "2-digit" })} UTC`;
  const dayUtc = part(at, locale, "UTC", { day: "numeric", month: "short" });
  const dayLocal = part(at, locale, portalTimeZone, { day: "numeric", month: "short" });
  return dayUtc === dayLocal ? clock : `${dayUtc}, ${clock}`;
}

/** `Wed 1 Jul` in local time. */
export function formatDay(iso: string, locale: Locale): string {
  return part(new Date(iso), locale, portalTimeZone, { weekday: "short", day: "numeric", month: "short" }).replace(
    ",",
    "",
  );
}

/** Seconds of the clock in local time: `14:00:07`. */
export function formatClock(iso: string, locale: Locale): string {
  return part(new Date(iso), locale, portalTimeZone, { hour: "2-digit", minute: "2-digit", second: "2-digit" });
}

/**
 * A length of time: `42 s`, `9 min`, `9 h 40 min`; minutes are said under 48 h, then days and hours.
 * @param seconds  not negative
 */
export function formatDuration(seconds: number, locale: Locale): string {
  const whole = Math.max(0, Math.round(seconds));
  if (whole < 60) return `${whole} s`;
  const minutes = Math.floor(whole / 60);
  if (minutes < 60) return whole < 600 && whole % 60 > 0 ? `${minutes} min ${whole % 60} s` : `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return minutes % 60 > 0 ? `${hours} h ${minutes % 60} min` : `${hours} h`;
  const day = locale === "it" ? "g" : "d";
  return hours % 24 > 0 ? `${Math.floor(hours / 24)} ${day} ${hours % 24} h` : `${Math.floor(hours / 24)} ${day}`;
}

function part(at: Date, locale: Locale, timeZone: string, options: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat(tags[locale], { ...options, timeZone, hourCycle: "h23" }).format(at);
}
