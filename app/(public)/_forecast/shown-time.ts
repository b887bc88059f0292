import type { Locale } from "@/lib/messages/messages";

export type ShownTime = { readonly iso: string; readonly locale: Locale; readonly timeZone: string };

const tag = (locale: Locale) => (locale === "it" ? "it-IT" : "en-GB");

/** "Wed 1 Jul, 14:00" in the given zone. */
export function longTime({ iso, locale, timeZone }: ShownTime): string {
  const date = new Date(iso);
  const day = date.toLocaleDateString(tag(locale), { weekday: "short", day: "numeric", month: "short", timeZone });
  return `${day.replace(",", "")}, ${clock({ iso, locale, timeZone })}`;
}

/** "14:00" in the given zone. */
export function clock({ iso, locale, timeZone }: ShownTime): string {
  return new Date(iso).toLocaleTimeString(tag(locale), { hour: "2-digit", minute: "2-digit", timeZone });
}

/** "CEST", or the difference from UTC where the zone has no name. */
export function zoneName({ iso, timeZone }: Omit<ShownTime, "locale">): string {
  const parts = new Intl.DateTimeFormat("en-GB", { timeZone, timeZoneName: "short" }).formatToParts(new Date(iso));
  return parts.find((part) => part.type === "timeZoneName")?.value ?? timeZone;
}

/** "Wed 1" of a day in the given zone. */
export function dayName({ iso, locale, timeZone }: ShownTime): string {
  const options = { weekday: "short", day: "numeric", timeZone } as const;
  return new Date(iso).toLocaleDateString(tag(locale), options).replace(",", "");
}

/** Hour of the day, 0..23, in the given zone. */
export function hourOfDay({ iso, timeZone }: Omit<ShownTime, "locale">): number {
  return Number(new Date(iso).toLocaleTimeString("en-GB", { hour: "2-digit", hourCycle: "h23", timeZone }));
}

/** What a local date-time field holds: date and time in the zone, without its name. */
export function localInput({ iso, timeZone }: Omit<ShownTime, "locale">): string {
  return new Date(iso).toLocaleString("sv-SE", { ...minutes, timeZone }).replace(" ", "T");
}

const minutes = { year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit" } as const;
