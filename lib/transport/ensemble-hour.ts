import { smokeThresholds } from "@/lib/transport/plume-summary";
import { quantile } from "@/lib/transport/quantile";

/** Smoke of one member in one cell of one hour; cells without smoke are not told. */
export type EnsembleEntries = {
  readonly cell: ArrayLike<number>;
  /** ug m-3; an entry of 0 counts as none. */
  readonly pm25: ArrayLike<number>;
  /** Counting error of each, relative. */
  readonly relativeError: ArrayLike<number>;
};

/** All fields are NaN where fewer than half of the members have weather. */
export type EnsembleHourFields = {
  /** ug m-3; NaN where the pooled counting error passes one half. */
  readonly mean: Float32Array;
  readonly p50: Float32Array;
  readonly p90: Float32Array;
  /** By threshold: share of the members that cover the cell that are above, 0..1; not a calibrated probability. */
  readonly probability: readonly Float32Array[];
  /** Counting error of the mean, relative; NaN where no member has smoke. */
  readonly relativeError: Float32Array;
};

/** A value that rests on fewer than four effective particles is not shown. */
const largestError = 0.5;

/**
 * What the members of an ensemble say of one hour. A member that covers a cell and has no entry there has no smoke there.
 * @param entries  in any order, at most one for each member and cell
 * @param covered  by cell: members whose weather covers it; the others say nothing of it
 * @param members  number of members of the ensemble
 */
export function ensembleHour(
  entries: EnsembleEntries,
  covered: ArrayLike<number>,
  members: number,
): EnsembleHourFields {
  const cells = covered.length;
  const isKnown = (cell: number) => 2 * (covered[cell] ?? 0) >= members;
  const field = () => Float32Array.from({ length: cells }, (_, cell) => (isKnown(cell) ? 0 : Number.NaN));
  const fields = { mean: field(), p50: field(), p90: field(), relativeError: new Float32Array(cells).fill(Number.NaN) };
  const probability = smokeThresholds.map(field);
  for (const [cell, own] of byCell(entries)) {
    if (!isKnown(cell)) continue;
    const covering = covered[cell] ?? 0;
    const values = own.map((at) => entries.pm25[at] ?? 0).sort((a, b) => a - b);
    const sum = values.reduce((total, value) => total + value, 0);
    const square = own.reduce(
      (total, at) => total + ((entries.pm25[at] ?? 0) * (entries.relativeError[at] ?? 1)) ** 2,
      0,
    );
    const error = Math.sqrt(square) / sum;
    const ordered = [...new Array<number>(Math.max(0, covering - values.length)).fill(0), ...values];
    const shown = (value: number) => (value > 0 && error > largestError ? Number.NaN : value);
    fields.relativeError[cell] = error;
    fields.mean[cell] = shown(sum / covering);
    fields.p50[cell] = shown(quantile(ordered, 0.5));
    fields.p90[cell] = shown(quantile(ordered, 0.9));
    for (const [at, threshold] of smokeThresholds.entries()) {
      const share = probability[at];
      if (share !== undefined) share[cell] = values.filter((value) => value > threshold).length / covering;
    }
  }
  return { ...fields, probability };
}

/** Places of the entries of each cell that has one. */
function byCell({ cell, pm25 }: EnsembleEntries): Map<number, number[]> {
  const places = new Map<number, number[]>();
  for (let at = 0; at < cell.length; at += 1) {
    if (!((pm25[at] ?? 0) > 0)) continue;
    const own = places.get(cell[at] ?? 0);
    if (own === undefined) places.set(cell[at] ?? 0, [at]);
    else own.push(at);
  }
  return places;
}
