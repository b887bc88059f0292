import type { LayerDefinition } from "@/lib/map/product";

export type DisplayUnit = LayerDefinition["units"][number];

/** A published value in the unit on screen. */
export const toDisplay = (unit: DisplayUnit, published: number): number => published * unit.scale + unit.offset;

/** Decimals that a value is written with: those of the published step in this unit, never more than two. */
export function decimalsOf(unit: DisplayUnit, publishedStep: number): number {
  const step = Math.abs(publishedStep * unit.scale);
  return Math.max(0, Math.min(2, Math.ceil(-Math.log10(step) - 1e-9)));
}

/** The number as text in the reader's language: comma or point, true minus, thin space from 10 000 on. */
export function formatNumber(value: number, decimals: number, locale: "en" | "it"): string {
  const rounded = value.toFixed(decimals);
  const negative = rounded.startsWith("-") && Number(rounded) !== 0;
  const [whole = "0", fraction] = rounded.replace("-", "").split(".");
  const grouped = whole.length > 4 ? whole.replace(/\B(?=(\d{3})+$)/g, "\u2009") : whole;
  return `${negative ? "\u2212" : ""}${grouped}${fraction === undefined ? "" : `${locale === "it" ? "," : "."}${fraction}`}`;
}

/** Direction that a wind comes from, degrees clockwise from north, from its eastward and northward parts. */
export function directionFrom(east: number, north: number): number {
  const degrees = (Math.atan2(-east, -north) * 180) / Math.PI;
  return (Math.round(degrees) + 360) % 360;
}

const points = {
  en: ["N", "NE", "E", "SE", "S", "SW", "W", "NW"],
  it: ["N", "NE", "E", "SE", "S", "SO", "O", "NO"],
} as const;

/** Name of the nearest of the eight compass points. */
export function compassPoint(degrees: number, locale: "en" | "it"): string {
  return points[locale][Math.round(degrees / 45) % 8] ?? "N";
}
