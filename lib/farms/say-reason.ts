import type { DrivingReason } from "@/lib/farms/driving-reason";
import type { Locale } from "@/lib/messages/messages";

const directions = {
  en: ["north", "north-east", "east", "south-east", "south", "south-west", "west", "north-west"],
  it: ["nord", "nord-est", "est", "sud-est", "sud", "sud-ovest", "ovest", "nord-ovest"],
} as const;

/** The reason as a sentence: which outfall, how much by rain, which current. */
export function sayReason(reason: DrivingReason | null, locale: Locale): string {
  if (reason === null)
    return locale === "it"
      ? "Nessuna sorgente raggiunge l'allevamento nella corsa."
      : "No source reaches the farm in this run.";
  const percent = (share: number) => `${Math.round(share * 100)} %`;
  const number = (value: number, digits: number) =>
    new Intl.NumberFormat(locale, { maximumFractionDigits: digits }).format(value);
  const sources = reason.sources.map(({ name, share, ageHours }) =>
    locale === "it"
      ? `${name} (${percent(share)}, in viaggio da ${number(ageHours, 0)} h)`
      : `${name} (${percent(share)}, ${number(ageHours, 0)} h on the way)`,
  );
  const towards = directions[locale][Math.round(reason.currentTowardsDegrees / 45) % 8];
  const speed = number(reason.currentMs, 2);
  const rain =
    reason.overflowShare < 0.005
      ? { en: "no overflow by rain", it: "nessuno sfioro per pioggia" }[locale]
      : {
          en: `${percent(reason.overflowShare)} of it by overflow after ${number(reason.rainMm, 0)} mm of rain`,
          it: `${percent(reason.overflowShare)} per sfioro dopo ${number(reason.rainMm, 0)} mm di pioggia`,
        }[locale];
  return locale === "it"
    ? `Da ${sources.join(", ")}; ${rain}; corrente verso ${towards}, ${speed} m/s.`
    : `From ${sources.join(", ")}; ${rain}; current towards the ${towards}, ${speed} m/s.`;
}
