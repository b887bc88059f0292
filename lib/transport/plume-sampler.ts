import type { MetPair } from "@/lib/transport/met-pair";
import type { OutputSampling } from "@/lib/transport/output-sampling";
import type { ParticleStore } from "@/lib/transport/particle-store";

/** Thickness of the layer whose mean is the concentration at ground, m. */
const groundLayerM = 50;
/** A value that rests on fewer independent particles is not shown. */
const fewestParticles = 4;
const microgramsPerKg = 1e9;
const milligramsPerKg = 1e6;

/** Means of one hour on the output grid, row 0 in the south; NaN = no value (outside the domain, or too few particles). */
export type HourFields = {
  /** ug m-3, 0-50 m above ground. */
  readonly pm25: Float32Array;
  /** mg m-2. */
  readonly column: Float32Array;
  /** Counting error of pm25, 1/sqrt(n_eff), also where a value is not shown for it; NaN where no particle came. */
  readonly relativeError: Float32Array;
};

/**
 * Box counting on the output grid, one sample per synchronised step. A particle's samples in one cell are booked as one
 * sum when it leaves the cell, so n_eff = (sum m)^2 / sum m^2 counts particles, not samples: a slow particle is not
 * taken for many. All sums are whole multiples of the mass quantum, so their order does not matter.
 */
export class PlumeSampler {
  private samples = 0;
  private readonly ground: Float64Array;
  private readonly column: Float64Array;
  private readonly groundSquares: Float64Array;
  private readonly columnSquares: Float64Array;
  /** 1 where the cell's centre was inside the weather domain during the hour. */
  private readonly inside: Uint8Array;
  private readonly perUnit: number;

  /** @param particleKg  mass of a particle at release; squares are counted in units of its 1024th part
   *  @param fewest  effective number of particles below which a value is not shown */
  constructor(
    private readonly sampling: OutputSampling,
    particleKg: number,
    private readonly fewest = fewestParticles,
  ) {
    const cells = sampling.grid.nX * sampling.grid.nY;
    this.ground = new Float64Array(cells);
    this.column = new Float64Array(cells);
    this.groundSquares = new Float64Array(cells);
    this.columnSquares = new Float64Array(cells);
    this.inside = new Uint8Array(cells);
    this.perUnit = 1024 / particleKg;
  }

  /** Notes which cells the weather covers; call once for each pair that an hour uses. */
  cover(pair: MetPair): void {
    const { cellX, cellY } = this.sampling;
    for (let cell = 0; cell < this.inside.length; cell += 1) {
      const x = cellX[cell] ?? 0;
      const y = cellY[cell] ?? 0;
      if (x >= pair.xMin && x <= pair.xMax && y >= pair.yMin && y <= pair.yMax) this.inside[cell] = 1;
    }
  }

  /** Takes one sample of all particles. */
  sample(particles: ParticleStore): void {
    const { nX, nY, x0, y0, perSpacing, nodes, grid } = this.sampling;
    this.samples += 1;
    for (let p = 0; p < particles.count; p += 1) {
      const i = ((particles.x[p] ?? 0) - x0) * perSpacing;
      const j = ((particles.y[p] ?? 0) - y0) * perSpacing;
      let cell = -1;
      if (i >= 0 && j >= 0 && i < nX - 1 && j < nY - 1) {
        const at = (Math.trunc(j) * nX + Math.trunc(i)) * 2;
        const north = at + nX * 2;
        const fi = i - Math.trunc(i);
        const fj = j - Math.trunc(j);
        const southColumn = (nodes[at] ?? 0) * (1 - fi) + (nodes[at + 2] ?? 0) * fi;
        const southRow = (nodes[at + 1] ?? 0) * (1 - fi) + (nodes[at + 3] ?? 0) * fi;
        const column = Math.floor(
          southColumn * (1 - fj) + ((nodes[north] ?? 0) * (1 - fi) + (nodes[north + 2] ?? 0) * fi) * fj,
        );
        const row = Math.floor(
          southRow * (1 - fj) + ((nodes[north + 1] ?? 0) * (1 - fi) + (nodes[north + 3] ?? 0) * fi) * fj,
        );
        if (column >= 0 && row >= 0 && column < grid.nX && row < grid.nY) cell = row * grid.nX + column;
      }
      if (cell !== particles.cell[p]) {
        this.book(particles, p);
        particles.cell[p] = cell;
      }
      if (cell < 0) continue;
      const mass = particles.mass[p] ?? 0;
      particles.columnRun[p] = (particles.columnRun[p] ?? 0) + mass;
      if ((particles.z[p] ?? 0) < groundLayerM) particles.groundRun[p] = (particles.groundRun[p] ?? 0) + mass;
    }
  }

  /** Adds a particle's open samples to its cell; also called before a particle is removed. */
  book(particles: ParticleStore, p: number): void {
    const cell = particles.cell[p] ?? -1;
    if (cell < 0) return;
    const ground = particles.groundRun[p] ?? 0;
    const column = particles.columnRun[p] ?? 0;
    const groundUnits = Math.round(ground * this.perUnit);
    const columnUnits = Math.round(column * this.perUnit);
    this.ground[cell] = (this.ground[cell] ?? 0) + ground;
    this.column[cell] = (this.column[cell] ?? 0) + column;
    this.groundSquares[cell] = (this.groundSquares[cell] ?? 0) + groundUnits * groundUnits;
    this.columnSquares[cell] = (this.columnSquares[cell] ?? 0) + columnUnits * columnUnits;
    particles.groundRun[p] = 0;
    particles.columnRun[p] = 0;
    particles.cell[p] = -1;
  }

  /** Closes the hour: its means, and empty sums for the next one. */
  takeHour(particles: ParticleStore): HourFields {
    for (let p = 0; p < particles.count; p += 1) this.book(particles, p);
    const cells = this.ground.length;
    const fields = {
      pm25: new Float32Array(cells).fill(Number.NaN),
      column: new Float32Array(cells).fill(Number.NaN),
      relativeError: new Float32Array(cells).fill(Number.NaN),
    };
    for (let cell = 0; cell < cells; cell += 1) {
      if (this.inside[cell] === 1) this.fillCell(fields, cell);
    }
    for (const sums of [this.ground, this.column, this.groundSquares, this.columnSquares, this.inside]) sums.fill(0);
    this.samples = 0;
    return fields;
  }

  private fillCell(fields: HourFields, cell: number): void {
    const area = (this.sampling.rowAreaM2[Math.trunc(cell / this.sampling.grid.nX)] ?? 1) * Math.max(this.samples, 1);
    const ground = this.ground[cell] ?? 0;
    const column = this.column[cell] ?? 0;
    const groundCount = effectiveCount(ground * this.perUnit, this.groundSquares[cell] ?? 0);
    const columnCount = effectiveCount(column * this.perUnit, this.columnSquares[cell] ?? 0);
    if (ground > 0) fields.relativeError[cell] = 1 / Math.sqrt(groundCount);
    if (ground === 0 || groundCount >= this.fewest)
      fields.pm25[cell] = (ground * microgramsPerKg) / (area * groundLayerM);
    if (column === 0 || columnCount >= this.fewest) fields.column[cell] = (column * milligramsPerKg) / area;
  }
}

function effectiveCount(sum: number, squares: number): number {
  return squares > 0 ? (sum * sum) / squares : 0;
}
