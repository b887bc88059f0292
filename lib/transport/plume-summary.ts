/** Concentrations of PM2.5 whose exceedance is told, ug m-3; and those whose first passing is the arrival of the smoke. */
export const smokeThresholds = [10, 15, 25, 35, 50, 150] as const;
export const arrivalThresholds = [1, 15] as const;

/**
 * What is told of a cell over the whole run, row 0 south; NaN = nothing known: no hour in which half of the members have
 * a value there. Shares, means and medians are of the members that do.
 */
export type PlumeSummaryFields = {
  /** By arrival threshold: hours from the start to the end of the first hour above, median of the members that reach it. */
  readonly arrivalHours: readonly Float32Array[];
  /** Share that passes 15 ug m-3 at all. */
  readonly arrivalShare: Float32Array;
  /** By threshold: hours above, mean. */
  readonly hoursAbove: readonly Float32Array[];
  /** Highest hourly mean, ug m-3, and dose, ug m-3 h: medians. */
  readonly maximum: Float32Array;
  readonly dose: Float32Array;
};

type Track = {
  readonly first: readonly Uint16Array[];
  readonly hours: readonly Uint16Array[];
  readonly maximum: Float32Array;
  readonly dose: Float32Array;
};

/** Gathers the hours of one or more members of a smoke run into what is told of the whole run. Works in place. */
export class PlumeSummary {
  private readonly tracks: readonly Track[];
  private readonly reached: Uint8Array;
  /** Members that have a value, in the hour in which most do. */
  private readonly covering: Uint16Array;

  /** @param cells  of the output grid; @param members  1 for a run without an ensemble */
  constructor(
    private readonly cells: number,
    members: number,
  ) {
    this.reached = new Uint8Array(cells);
    this.covering = new Uint16Array(cells);
    this.tracks = Array.from({ length: members }, () => ({
      first: arrivalThresholds.map(() => new Uint16Array(cells)),
      hours: smokeThresholds.map(() => new Uint16Array(cells)),
      maximum: new Float32Array(cells),
      dose: new Float32Array(cells),
    }));
  }

  /** Notes of an hour how many members have a value in each cell, with smoke or without. */
  cover(covered: ArrayLike<number>): void {
    for (let cell = 0; cell < this.cells; cell += 1)
      this.covering[cell] = Math.max(this.covering[cell] ?? 0, covered[cell] ?? 0);
  }

  /** Adds the smoke of one hour of one member; hours count from 1 and come in order. NaN = no value: see `cover`. */
  add(member: number, hour: number, pm25: ArrayLike<number>): void {
    const track = this.tracks[member];
    if (track === undefined) return;
    for (let cell = 0; cell < this.cells; cell += 1) {
      const value = pm25[cell] ?? 0;
      if (!(value > 0)) continue;
      this.reached[cell] = 1;
      track.dose[cell] = (track.dose[cell] ?? 0) + value;
      if (value > (track.maximum[cell] ?? 0)) track.maximum[cell] = value;
      for (const [at, threshold] of arrivalThresholds.entries()) {
        const first = track.first[at];
        if (value > threshold && first !== undefined && first[cell] === 0) first[cell] = hour;
      }
      for (const [at, threshold] of smokeThresholds.entries()) {
        const hours = track.hours[at];
        if (value > threshold && hours !== undefined) hours[cell] = (hours[cell] ?? 0) + 1;
      }
    }
  }

  /** The fields of all hours added so far; arrival is NaN where fewer than half of the members reach the threshold. */
  fields(): PlumeSummaryFields {
    const { cells, tracks } = this;
    const empty = () => new Float32Array(cells).fill(Number.NaN);
    const result = {
      arrivalHours: arrivalThresholds.map(empty),
      arrivalShare: empty(),
      hoursAbove: smokeThresholds.map(empty),
      maximum: empty(),
      dose: empty(),
    };
    for (let cell = 0; cell < cells; cell += 1) {
      const covering = this.covering[cell] ?? 0;
      if (covering === 0 || 2 * covering < tracks.length) continue;
      if (this.reached[cell] === 1) this.fillReached(result, cell, covering);
      else
        for (const field of [result.arrivalShare, ...result.hoursAbove, result.maximum, result.dose]) field[cell] = 0;
    }
    return result;
  }

  private fillReached(result: PlumeSummaryFields, cell: number, covering: number): void {
    const { tracks } = this;
    for (const [at, field] of result.arrivalHours.entries()) {
      const hours = tracks.map(({ first }) => first[at]?.[cell] ?? 0).filter((hour) => hour > 0);
      if (2 * hours.length >= covering) field[cell] = medianOf(hours);
      if (arrivalThresholds[at] === 15) result.arrivalShare[cell] = Math.min(1, hours.length / covering);
    }
    for (const [at, field] of result.hoursAbove.entries())
      field[cell] = tracks.reduce((sum, { hours }) => sum + (hours[at]?.[cell] ?? 0), 0) / covering;
    // Which members cover a cell is not known, only how many: those without smoke beyond that number say nothing.
    const median = (values: readonly number[]) => medianOf(values.toSorted((a, b) => b - a).slice(0, covering));
    result.maximum[cell] = median(tracks.map(({ maximum }) => maximum[cell] ?? 0));
    result.dose[cell] = median(tracks.map(({ dose }) => dose[cell] ?? 0));
  }
}

function medianOf(values: readonly number[]): number {
  const ordered = [...values].sort((a, b) => a - b);
  const middle = (ordered.length - 1) / 2;
  return 0.5 * ((ordered[Math.floor(middle)] ?? Number.NaN) + (ordered[Math.ceil(middle)] ?? Number.NaN));
}
