import type { Effluent } from "@/lib/outfalls/effluent";

/** Where bacteria enter the sea: a pipe or a river mouth. */
export type Outfall = {
  readonly id: string;
  readonly name: string;
  readonly lon: number;
  readonly lat: number;
  /** Of the mouth below the surface, m. */
  readonly depthM: number;
  readonly effluent: Effluent;
  /** In dry weather: flow, m3 s-1, and E. coli, CFU/100 ml, with the standard deviation of its log10. */
  readonly flowM3s: number;
  readonly concentration: number;
  readonly sdLog10: number;
  /** ISO 8601 UTC between which it runs; null = always. */
  readonly startUtc: string | null;
  readonly endUtc: string | null;
  /** Flow of each hour of the day in UTC relative to its mean, 24 numbers; null = steady. */
  readonly dayCycle: readonly number[] | null;
  /** Flow and concentration from a time on; replaces the dry-weather values. Empty = none. */
  readonly series: readonly OutfallChange[];
  /** Overflow by rain; null = none. */
  readonly overflow: Overflow | null;
};

export type OutfallChange = { readonly fromUtc: string; readonly flowM3s: number; readonly concentration: number };

/** Rain above a threshold leaves the sewer: flow = m3sPerMmPerHour x (rain - threshold). */
export type Overflow = {
  readonly thresholdMmPerHour: number;
  readonly m3sPerMmPerHour: number;
  readonly concentration: number;
};

/** Bounds beyond which a number is taken for a mistake, and refused. */
export const outfallBounds = {
  /** The Po in flood carries 10 000 m3/s. */
  flowM3s: 15_000,
  /** Ten times raw sewage, CFU/100 ml. */
  concentration: 1e9,
  /** Raw sewage of 50 million people, CFU/s. */
  loadPerSecond: 1e14,
  depthM: 500,
  rainMmPerHour: 300,
  count: 2000,
} as const;
