/**
 * Particles as a structure of arrays, of which the first `count` entries are in use. The order carries no meaning: every
 * result is the same for any order. Works in place; after construction nothing is allocated.
 */
export class ParticleStore {
  count = 0;
  /** Projection coordinates, m, and height above ground, m. */
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly z: Float64Array;
  /** Turbulent velocity over its standard deviation: along the wind, across it, up. */
  readonly up: Float32Array;
  readonly vp: Float32Array;
  readonly wp: Float32Array;
  /** kg, a multiple of the run's quantum. */
  readonly mass: Float32Array;
  /** Release, seconds after the start of the run. */
  readonly born: Float64Array;
  /** Key of the random stream; never changes. */
  readonly id: Uint32Array;
  /** Output cell of the samples not yet booked, or -1, and their sums in the ground layer and in the column, kg. */
  readonly cell: Int32Array;
  readonly groundRun: Float64Array;
  readonly columnRun: Float64Array;
  /** Where the search for the level starts; a hint without influence on results. */
  readonly level: Uint8Array;

  constructor(readonly capacity: number) {
    this.x = new Float64Array(capacity);
    this.y = new Float64Array(capacity);
    this.z = new Float64Array(capacity);
    this.up = new Float32Array(capacity);
    this.vp = new Float32Array(capacity);
    this.wp = new Float32Array(capacity);
    this.mass = new Float32Array(capacity);
    this.born = new Float64Array(capacity);
    this.id = new Uint32Array(capacity);
    this.cell = new Int32Array(capacity);
    this.groundRun = new Float64Array(capacity);
    this.columnRun = new Float64Array(capacity);
    this.level = new Uint8Array(capacity);
  }

  /** Fills a place of `this` with a particle of another store (or of itself). */
  copy(to: number, from: ParticleStore, at: number): void {
    this.x[to] = from.x[at] ?? 0;
    this.y[to] = from.y[at] ?? 0;
    this.z[to] = from.z[at] ?? 0;
    this.up[to] = from.up[at] ?? 0;
    this.vp[to] = from.vp[at] ?? 0;
    this.wp[to] = from.wp[at] ?? 0;
    this.mass[to] = from.mass[at] ?? 0;
    this.born[to] = from.born[at] ?? 0;
    this.id[to] = from.id[at] ?? 0;
    this.cell[to] = from.cell[at] ?? 0;
    this.groundRun[to] = from.groundRun[at] ?? 0;
    this.columnRun[to] = from.columnRun[at] ?? 0;
    this.level[to] = from.level[at] ?? 0;
  }

  /** Drops a particle; the last one takes its place. */
  remove(at: number): void {
    this.count -= 1;
    if (at !== this.count) this.copy(at, this, this.count);
  }
}
