import type { Position } from "@/app/_map/forecast-map.client";
import { compassPoint, type DisplayUnit, decimalsOf, formatNumber, toDisplay } from "@/lib/map/display-unit";
import type { PublishedVariable } from "@/lib/map/product";
import type { Locale } from "@/lib/messages/messages";

/** "40.7461 N, 14.0207 E". */
export function positionText({ lat, lon }: Position, locale: Locale): string {
  const west = locale === "it" ? "O" : "W";
  const latitude = `${formatNumber(Math.abs(lat), 4, locale)} ${lat < 0 ? "S" : "N"}`;
  return `${latitude}, ${formatNumber(Math.abs(lon), 4, locale)} ${lon < 0 ? west : "E"}`;
}

/** The number alone, in the unit on screen with the decimals of the published step. */
export function numberText(
  value: number,
  how: { unit: DisplayUnit; variable: PublishedVariable; locale: Locale },
): string {
  const decimals = decimalsOf(how.unit, how.variable.packing.scale);
  return formatNumber(toDisplay(how.unit, value), decimals, how.locale);
}

/** Fields of the sentence "from 236° SW". */
export const directionFields = (degrees: number, locale: Locale) => ({ degrees, point: compassPoint(degrees, locale) });
