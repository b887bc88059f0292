/**
 * Vertical diffusivity of one column, with continuous first derivative: cubics between equally spaced heights from the
 * bottom (0) to the top, m and m2 s-1. A walk needs the gradient where the diffusivity varies; linear pieces would give it
 * jumps.
 */
export class MixingProfile {
  readonly heightM: number;
  readonly cells: number;
  readonly perCellM: number;
  /** Coefficients of 1, t, t^2, t^3 per cell, t from 0 to 1 within it. */
  readonly cubics: Float64Array;
  /** At the ends, m2 s-1, and how fast it grows into the column there, m s-1. */
  readonly bottom: number;
  readonly top: number;
  readonly bottomSlope: number;
  readonly topSlope: number;

  /** @param values  at the ends of the cells, bottom first; @param slopes  d(value)/dz there, 1/s times m */
  constructor(heightM: number, values: readonly number[], slopes: readonly number[]) {
    this.heightM = heightM;
    this.cells = values.length - 1;
    this.perCellM = this.cells / heightM;
    this.cubics = new Float64Array(4 * this.cells);
    this.bottom = values[0] ?? 0;
    this.top = values[this.cells] ?? 0;
    this.bottomSlope = slopes[0] ?? 0;
    this.topSlope = -(slopes[this.cells] ?? 0);
    const cellM = heightM / this.cells;
    for (let cell = 0; cell < this.cells; cell += 1) {
      const [low = 0, high = 0] = [values[cell], values[cell + 1]];
      const [lowSlope, highSlope] = [(slopes[cell] ?? 0) * cellM, (slopes[cell + 1] ?? 0) * cellM];
      this.cubics.set([low, lowSlope, 3 * (high - low) - 2 * lowSlope - highSlope], 4 * cell);
      this.cubics[4 * cell + 3] = 2 * (low - high) + lowSlope + highSlope;
    }
  }
}

/** A profile given by a formula and its derivative; exact for polynomials up to the third degree. */
export function formulaProfile(
  heightM: number,
  diffusivity: (z: number) => number,
  slope: (z: number) => number,
): MixingProfile {
  const heights = Array.from({ length: 65 }, (_, node) => (heightM * node) / 64);
  return new MixingProfile(heightM, heights.map(diffusivity), heights.map(slope));
}

/**
 * A profile through values at equally spaced heights, monotone between them, so that no value leaves the range of its
 * neighbours; never below the floor.
 * Source: Fritsch and Carlson (1980), with the harmonic mean of Fritsch and Butland (1984).
 */
export function monotoneProfile(heightM: number, values: readonly number[], floorM2s = 1e-5): MixingProfile {
  const floored = values.map((value) => Math.max(value, floorM2s));
  const cellM = heightM / (values.length - 1);
  const secants = floored.slice(1).map((value, cell) => (value - (floored[cell] ?? 0)) / cellM);
  const slopes = floored.map((_, node) => {
    const [below, above] = [secants[node - 1], secants[node]];
    if (below === undefined || above === undefined) return 0;
    return below * above > 0 ? (2 * below * above) / (below + above) : 0;
  });
  return new MixingProfile(heightM, floored, slopes);
}
