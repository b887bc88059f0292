/** One value per member, cell and hour: members[m][hour][cell]; NaN where a member has no value. */
export type EnsembleHours = readonly (readonly ArrayLike<number>[])[];

export type EnsembleFields = {
  readonly mean: Float32Array;
  readonly p50: Float32Array;
  readonly p90: Float32Array;
  readonly max: Float32Array;
};

/**
 * What the members of an ensemble say of one hour, per cell. Percentiles are linear between the ordered members (type 7 of
 * Hyndman and Fan, 1996). A cell is NaN where fewer than half of the members have a value.
 */
export function ensembleFields(members: readonly ArrayLike<number>[]): EnsembleFields {
  const cells = members[0]?.length ?? 0;
  const empty = () => new Float32Array(cells).fill(Number.NaN);
  const fields = { mean: empty(), p50: empty(), p90: empty(), max: empty() };
  for (let cell = 0; cell < cells; cell += 1) {
    const values = valuesOf(members, cell);
    if (values === null) continue;
    fields.mean[cell] = values.reduce((sum, value) => sum + value, 0) / values.length;
    fields.p50[cell] = quantile(values, 0.5);
    fields.p90[cell] = quantile(values, 0.9);
    fields.max[cell] = values.at(-1) ?? Number.NaN;
  }
  return fields;
}

/** Share of the members strictly above a threshold in one hour, per cell: not a calibrated probability. */
export function exceedanceShare(members: readonly ArrayLike<number>[], threshold: number): Float32Array {
  const cells = members[0]?.length ?? 0;
  return Float32Array.from({ length: cells }, (_, cell) => {
    const values = valuesOf(members, cell);
    return values === null ? Number.NaN : values.filter((value) => value > threshold).length / values.length;
  });
}

export type Arrival = {
  /** First hour (counted from 1) strictly above the threshold: median and 10 to 90 % of the members that reach it. */
  readonly medianHour: number | null;
  readonly earlyHour: number | null;
  readonly lateHour: number | null;
  /** Share of the members that reach it at all, and their mean number of hours above. */
  readonly share: number;
  readonly meanHours: number;
};

/** When the threshold is first passed in a cell, with the spread of the ensemble. */
export function arrivalIn(members: EnsembleHours, cell: number, threshold: number): Arrival {
  const above = members.map((hours) =>
    hours.flatMap((field, hour) => ((field[cell] ?? Number.NaN) > threshold ? [hour + 1] : [])),
  );
  const first = above.flatMap(([hour]) => (hour === undefined ? [] : [hour])).sort((a, b) => a - b);
  const hours = above.reduce((sum, list) => sum + list.length, 0);
  return {
    medianHour: first.length > 0 ? quantile(first, 0.5) : null,
    earlyHour: first.length > 0 ? quantile(first, 0.1) : null,
    lateHour: first.length > 0 ? quantile(first, 0.9) : null,
    share: first.length / members.length,
    meanHours: first.length > 0 ? hours / first.length : 0,
  };
}

/** Ordered values of a cell; null where fewer than half of the members have one. */
function valuesOf(members: readonly ArrayLike<number>[], cell: number): readonly number[] | null {
  const values = members.map((field) => field[cell] ?? Number.NaN).filter((value) => !Number.isNaN(value));
  return 2 * values.length < members.length || values.length === 0 ? null : values.sort((a, b) => a - b);
}

/** Linear between ordered values (type 7 of Hyndman and Fan, 1996). @param share  0..1 */
export function quantile(ordered: readonly number[], share: number): number {
  const at = share * (ordered.length - 1);
  const low = ordered[Math.floor(at)] ?? Number.NaN;
  const high = ordered[Math.ceil(at)] ?? low;
  return low + (at - Math.floor(at)) * (high - low);
}
