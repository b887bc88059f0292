import type { CellShare } from "@/lib/geo/cell-shares";
import { smokeThresholds } from "@/lib/transport/plume-summary";

/** An hour of a run by cell; NaN in both = nothing known, such as outside the weather. */
export type ExposureHour = {
  /** ug m-3; NaN = no value. */
  readonly pm25: ArrayLike<number>;
  /** Counting error, told of every cell that particles reached: without a value there the smoke is below detection. */
  readonly relativeError: ArrayLike<number>;
};

/** When and how much smoke an area meets; hours count from 1 and are told by their end. */
export type AreaExposure = {
  /** First hour in which any part of the area is above 1 ug m-3; null when none is. */
  readonly arrivalHour: number | null;
  /** Highest hourly mean of any of its cells, ug m-3; null when none ever has a value. And its hour; null without smoke. */
  readonly highestUgM3: number | null;
  readonly highestHour: number | null;
  /** Highest hourly mean of what is known of the area, ug m-3; smoke below detection counts as 0. */
  readonly highestMeanUgM3: number | null;
  /** By threshold of `smokeThresholds`: hours in which any of its cells is above. */
  readonly hoursAbove: readonly number[];
  /** Part of its ground and hours of which something is known, 0..1. */
  readonly knownShare: number;
  /** Some of it is reached by too few particles to give a value. */
  readonly isBelowDetection: boolean;
};

const arrivalUgM3 = 1;

/**
 * What an area meets in the hours of a run.
 * @param shares  cells of the area, at least one
 */
export function areaExposure(shares: readonly CellShare[], hours: readonly ExposureHour[]): AreaExposure {
  const perHour = hours.map((hour) => exposureInHour(shares, hour));
  const hourOf = (wanted: (highest: number) => boolean) => {
    const at = perHour.findIndex(({ highest }) => highest !== null && wanted(highest));
    return at < 0 ? null : at + 1;
  };
  const highestUgM3 = highestOf(perHour.map(({ highest }) => highest));
  return {
    arrivalHour: hourOf((highest) => highest > arrivalUgM3),
    highestUgM3,
    highestHour: (highestUgM3 ?? 0) > 0 ? hourOf((highest) => highest === highestUgM3) : null,
    highestMeanUgM3: highestOf(perHour.map(({ mean }) => mean)),
    hoursAbove: smokeThresholds.map((limit) => perHour.filter(({ highest }) => (highest ?? 0) > limit).length),
    knownShare: perHour.reduce((sum, { known }) => sum + known, 0) / Math.max(perHour.length, 1),
    isBelowDetection: perHour.some(({ isFaint }) => isFaint),
  };
}

function exposureInHour(shares: readonly CellShare[], { pm25, relativeError }: ExposureHour) {
  let highest: number | null = null;
  let isFaint = false;
  let [groundM2, knownM2, amount] = [0, 0, 0];
  for (const { cell, areaM2 } of shares) {
    const value = pm25[cell] ?? Number.NaN;
    groundM2 += areaM2;
    if (Number.isNaN(value)) {
      if (Number.isNaN(relativeError[cell] ?? Number.NaN)) continue;
      isFaint = true;
    } else {
      amount += value * areaM2;
      highest = Math.max(highest ?? 0, value);
    }
    knownM2 += areaM2;
  }
  return { highest, mean: highest === null ? null : amount / knownM2, known: knownM2 / groundM2, isFaint };
}

function highestOf(values: readonly (number | null)[]): number | null {
  return values.reduce((most, value) => (value === null ? most : Math.max(most ?? 0, value)), null);
}
