/** A place where the mean concentration of a box is wanted; all boxes of a sampler are alike. */
export type BoxShape = {
  /** Length of the sides, m, and the heights above the bottom between which it lies, m. */
  readonly sideM: number;
  readonly lowM: number;
  readonly highM: number;
};

export type Sampled = {
  readonly x: ArrayLike<number>;
  readonly y: ArrayLike<number>;
  readonly z: ArrayLike<number>;
  readonly amount: ArrayLike<number>;
};

/** Box counting at receptors: means of the samples taken since the last `takeMeans`. */
export class BoxSampler {
  private samples = 0;
  private readonly sums: Float64Array;
  /** Receptors that may hold a point, by cells of a coarse grid as wide as a box. */
  private readonly near: (readonly number[])[];
  private readonly x0: number;
  private readonly y0: number;
  private readonly columns: number;
  private readonly rows: number;

  /** @param centres  x and y of the boxes, m, at least one */
  constructor(
    private readonly centres: readonly (readonly [number, number])[],
    private readonly shape: BoxShape,
  ) {
    this.sums = new Float64Array(centres.length);
    const xs = centres.map(([x]) => x);
    const ys = centres.map(([, y]) => y);
    this.x0 = Math.min(...xs) - shape.sideM;
    this.y0 = Math.min(...ys) - shape.sideM;
    this.columns = Math.ceil((Math.max(...xs) + shape.sideM - this.x0) / shape.sideM);
    this.rows = Math.ceil((Math.max(...ys) + shape.sideM - this.y0) / shape.sideM);
    this.near = Array.from({ length: this.columns * this.rows }, (_, cell) => {
      const low = [
        this.x0 + (cell % this.columns) * shape.sideM,
        this.y0 + Math.floor(cell / this.columns) * shape.sideM,
      ];
      const reaches = (at: number, from: number) =>
        at + shape.sideM / 2 >= from && at - shape.sideM / 2 <= from + shape.sideM;
      return [...centres.keys()].filter((n) => reaches(xs[n] ?? 0, low[0] ?? 0) && reaches(ys[n] ?? 0, low[1] ?? 0));
    });
  }

  /** Takes one sample of all particles. */
  sample({ x, y, z, amount }: Sampled): void {
    const { lowM, highM, sideM } = this.shape;
    this.samples += 1;
    for (let p = 0; p < x.length; p += 1) {
      const height = z[p] ?? 0;
      const value = amount[p] ?? 0;
      if (value === 0 || height < lowM || height >= highM) continue;
      const column = Math.floor(((x[p] ?? 0) - this.x0) / sideM);
      const row = Math.floor(((y[p] ?? 0) - this.y0) / sideM);
      if (column < 0 || row < 0 || column >= this.columns || row >= this.rows) continue;
      for (const n of this.near[row * this.columns + column] ?? []) {
        const [cx, cy] = this.centres[n] ?? [0, 0];
        if (Math.abs((x[p] ?? 0) - cx) < sideM / 2 && Math.abs((y[p] ?? 0) - cy) < sideM / 2)
          this.sums[n] = (this.sums[n] ?? 0) + value;
      }
    }
  }

  /** Mean amount per m3 in each box, and empty sums for the next time. */
  takeMeans(): number[] {
    const { lowM, highM, sideM } = this.shape;
    const volume = sideM * sideM * (highM - lowM) * Math.max(this.samples, 1);
    const means = Array.from(this.sums, (sum) => sum / volume);
    this.sums.fill(0);
    this.samples = 0;
    return means;
  }
}
