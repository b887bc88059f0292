import type { LatLonGrid } from "@/lib/geo/grid";

/** A farm as particles are counted in it. */
export type FarmBox = {
  readonly rings: readonly (readonly (readonly [lon: number, lat: number])[])[];
  /** Cells of the sea that the farm touches, or may. */
  readonly cells: readonly number[];
};

/**
 * All that the threads of a run share; plain data. Planes are those of the sea's window, [nY, nX].
 * Particle `id` = hour x `perHour` + its place in the list of the hour: source and time of release are in its number.
 */
export type SeaSetup = {
  readonly seed: number;
  readonly hours: number;
  readonly stepSeconds: number;
  /** Steps between two samples; a sample is taken about every five minutes. */
  readonly stepsPerSample: number;
  readonly horizontalM2s: number;
  readonly extinctionPerM: number;
  readonly nX: number;
  readonly nY: number;
  readonly lon: Float64Array;
  readonly lat: Float64Array;
  readonly h: Float64Array;
  readonly sources: readonly SeaSource[];
  /** Particles of each source in an hour. */
  readonly particlesPerHour: number;
  readonly grid: LatLonGrid;
  /** Upper and lower bound of the layers that are counted, m below the surface. */
  readonly layersM: readonly (readonly [number, number])[];
  readonly farms: readonly FarmBox[];
};

/** Where particles start, in cells and sigma, and what they carry: CFU/s of each hour, and the share of it by overflow. */
export type SeaSource = {
  readonly x: number;
  readonly y: number;
  readonly sigma: number;
  readonly loadPerSecond: readonly number[];
  readonly overflowShare: readonly number[];
};

/** Weakest bacteria that are followed, as a share of those at release. */
export const leastSurvival = 1e-4;

/** What an hour's sums count in: 2^-30 of the strongest particle, so that sums of millions are exact in any order. */
export function quantumOf({ sources, particlesPerHour }: Pick<SeaSetup, "sources" | "particlesPerHour">): number {
  const strongest = sources.reduce(
    (most, { loadPerSecond }) => loadPerSecond.reduce((a, b) => Math.max(a, b), most),
    0,
  );
  return strongest === 0 ? 1 : (strongest * 3600) / particlesPerHour / 2 ** 30;
}
