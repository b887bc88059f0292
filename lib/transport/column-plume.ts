import type { MixingProfile } from "@/lib/transport/mixing-profile";

/** Where the particles of a source start above the bottom, m: evenly between two heights, or normal within the column. */
export type ReleaseHeights =
  | { readonly kind: "between"; readonly lowM: number; readonly highM: number }
  | { readonly kind: "normal"; readonly centreM: number; readonly sigmaM: number };

export type ColumnSource = {
  readonly x: number;
  readonly y: number;
  /** Standard deviation of the start along x and y, m. */
  readonly sigmaM: number;
  readonly heights: ReleaseHeights;
  /** Amount per second, constant within each hour from the start of the run. */
  readonly ratesPerSecond: readonly number[];
  readonly particles: number;
};

/** What takes amount away, besides leaving. Rates in 1/s. */
export type ColumnSinks = {
  /** At the bottom, with the layer that it acts on. */
  readonly deposition?: { readonly velocityMs: number; readonly layerM: number };
  /** By hour, in the whole column. */
  readonly washout?: readonly number[];
  /** At a height above the bottom, m, and a time, s; `rate` of the decay. */
  readonly decay?: (heightM: number, seconds: number) => number;
};

/**
 * A screening set-up: a flow that is uniform in space over a column with one mixing profile. It serves where a full model's
 * fields are missing, and it has reference solutions.
 */
export type ColumnPlume = {
  /** Hourly velocities, linear in between, m s-1. */
  readonly uMs: readonly number[];
  readonly vMs: readonly number[];
  readonly diffusivityM2s: number;
  readonly mixing: MixingProfile;
  /** Spread of a vertical sub-step, m. */
  readonly longestM: number;
  readonly stepSeconds: number;
  readonly sources: readonly ColumnSource[];
  readonly seed: number;
  /** What happens at y = 0; the flow lies on the side y > 0. */
  readonly coast: "none" | "reflect" | "strand";
  /** Open sides, where particles leave, m. */
  readonly open?: { readonly xMin: number; readonly xMax: number; readonly yMax: number };
  readonly sinks: ColumnSinks;
};
