import type { MixingProfile } from "@/lib/transport/mixing-profile";
import type { RandomStream } from "@/lib/transport/random-stream";

export type ColumnWalkOptions = {
  /** Largest spread sqrt(2 K dt) of a sub-step, m: half a layer of what is to be resolved. */
  readonly longestM: number;
  /** Speed upward besides the diffusion, m s-1: minus the settling velocity. */
  readonly driftMs?: number;
  /** Layer above the bottom in which `lowSeconds` counts, m; sub-steps there resolve it. */
  readonly lowLayerM?: number;
};

/** Share of K / K'^2 that a sub-step may last: next to a wall with a gradient longer ones lose mass there. */
const wallShare = 0.1;
/** Share of 1 / |K''|. */
const curvatureShare = 0.1;

/**
 * Random walk of one particle in a column with variable diffusivity that reflects at both ends, the condition of Visser: a uniform
 * concentration stays uniform whatever the profile. Sub-steps are as short as the profile needs. State stands in the
 * fields; nothing is allocated.
 * Source: Visser (1997); the step is Milstein's with the expected square of a second deviate replaced by the deviate, which
 * is exact where K is linear (2 K / K'^2 is then the squared distance of a plane Brownian motion); checked against well-mixed, well-mixed-ground, column-spread and settling-equilibrium.
 */
export class ColumnWalk {
  /** Height above the bottom, m. */
  z = 0.5;
  /** Seconds of the last `advance` spent in the low layer. */
  lowSeconds = 0.5;
  private readonly longestM: number;
  private readonly driftMs: number;
  private readonly lowLayerM: number;

  constructor(
    private readonly profile: MixingProfile,
    private readonly random: RandomStream,
    { longestM, driftMs = 0, lowLayerM = 0 }: ColumnWalkOptions,
  ) {
    this.longestM = longestM;
    this.driftMs = driftMs;
    this.lowLayerM = lowLayerM;
  }

  /** Walks for a time; the random stream stands at the particle and step. */
  advance(seconds: number): void {
    const { cubics, cells, perCellM, heightM } = this.profile;
    const { random, driftMs, lowLayerM } = this;
    const square = 0.5 * this.longestM * this.longestM;
    let z = this.z;
    let left = seconds;
    let low = 0;
    while (left > 1e-9) {
      const position = z * perCellM;
      const cell = Math.min(position | 0, cells - 1);
      const t = position - cell;
      const c1 = cubics[4 * cell + 1] ?? 0;
      const c2 = cubics[4 * cell + 2] ?? 0;
      const c3 = cubics[4 * cell + 3] ?? 0;
      const diffusivity = (cubics[4 * cell] ?? 0) + t * (c1 + t * (c2 + t * c3));
      const gradient = (c1 + t * (2 * c2 + 3 * t * c3)) * perCellM;
      const curvature = Math.abs(2 * c2 + 6 * t * c3) * perCellM * perCellM;
      let dt = Math.min(left, square / diffusivity);
      if (curvature * dt > curvatureShare) dt = curvatureShare / curvature;
      if (gradient * gradient * dt > wallShare * diffusivity) dt = (wallShare * diffusivity) / (gradient * gradient);
      if (lowLayerM > 0) {
        // Equal steps as far as the layer is felt: with steps that shorten towards it, its share of the time is too small.
        if (z < 4 * lowLayerM) dt = Math.min(dt, (0.125 * lowLayerM * lowLayerM) / diffusivity);
        if (z < lowLayerM) low += dt;
      }
      const first = random.normal();
      const second = random.normal();
      z +=
        driftMs * dt +
        Math.sqrt(2 * diffusivity * dt) * first +
        0.5 * gradient * dt * (first * first + second * second);
      if (z < 0 || z > heightM) z = this.reflected(z);
      left -= dt;
    }
    this.z = z;
    this.lowSeconds = low;
  }

  /**
   * A height beyond an end of the column, mirrored in the coordinate sqrt(K) in which the walk has the same spread on both
   * sides; mirrored in height, the wall side would come out a few per cent too thin.
   */
  private reflected(z: number): number {
    const { profile } = this;
    const isBelow = z < 0;
    const beyond = isBelow ? -z : z - profile.heightM;
    const wall = isBelow ? profile.bottom : profile.top;
    const slope = isBelow ? profile.bottomSlope : profile.topSlope;
    const outside = wall - slope * beyond;
    let inside = beyond;
    if (slope > 1e-9 && outside > 0) {
      const root = 2 * Math.sqrt(wall) - Math.sqrt(outside);
      inside = (root * root - wall) / slope;
    }
    const limited = Math.min(inside, profile.heightM);
    return isBelow ? limited : profile.heightM - limited;
  }
}
