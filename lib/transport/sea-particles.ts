import type { SeaPair } from "@/lib/transport/sea-field";

/** What a sea particle is; the numbers are stored. */
export const seaStatus = { active: 0, left: 1 } as const;

/**
 * Bacteria on particles, a structure of arrays; the first `count` are in use and their order carries no meaning. 33 bytes
 * per particle. Works in place.
 */
export class SeaParticles {
  count = 0;
  /** Cells, and sigma from -1 at the bottom to 0 at the surface. */
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly sigma: Float64Array;
  /** CFU. */
  readonly amount: Float32Array;
  /** Key of the random numbers; never changes. */
  readonly id: Uint32Array;
  readonly status: Uint8Array;

  constructor(readonly capacity: number) {
    this.x = new Float64Array(capacity);
    this.y = new Float64Array(capacity);
    this.sigma = new Float64Array(capacity);
    this.amount = new Float32Array(capacity);
    this.id = new Uint32Array(capacity);
    this.status = new Uint8Array(capacity);
  }

  /** Takes a particle out: the last one takes its place. */
  moveLastTo(p: number): void {
    this.count -= 1;
    const last = this.count;
    this.x[p] = this.x[last] ?? 0;
    this.y[p] = this.y[last] ?? 0;
    this.sigma[p] = this.sigma[last] ?? 0;
    this.amount[p] = this.amount[last] ?? 0;
    this.id[p] = this.id[last] ?? 0;
    this.status[p] = this.status[last] ?? 0;
  }

  /** Copies the particles into `to`, sorted by cell, so that neighbours in memory read the same columns. */
  sortInto(to: SeaParticles, { nX, nY }: SeaPair): void {
    const starts = new Uint32Array(nX * nY + 1);
    const cellOf = (p: number) => (((this.y[p] ?? 0) + 0.5) | 0) * nX + (((this.x[p] ?? 0) + 0.5) | 0) + 1;
    for (let p = 0; p < this.count; p += 1) starts[cellOf(p)] = (starts[cellOf(p)] ?? 0) + 1;
    for (let cell = 0; cell < nX * nY; cell += 1) starts[cell + 1] = (starts[cell + 1] ?? 0) + (starts[cell] ?? 0);
    for (let p = 0; p < this.count; p += 1) {
      const cell = cellOf(p) - 1;
      const at = starts[cell] ?? 0;
      starts[cell] = at + 1;
      to.x[at] = this.x[p] ?? 0;
      to.y[at] = this.y[p] ?? 0;
      to.sigma[at] = this.sigma[p] ?? 0;
      to.amount[at] = this.amount[p] ?? 0;
      to.id[at] = this.id[p] ?? 0;
      to.status[at] = this.status[p] ?? 0;
    }
    to.count = this.count;
  }
}
