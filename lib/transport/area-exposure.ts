import type { CellShare } from "@/lib/geo/cell-shares";
import { smokeThresholds } from "@/lib/transport/plume-summary";

/** When and how much smoke an area meets; hours count from 1 and are told by their end. */
export type AreaExposure = {
  /** First hour in which any part of the area is above 1 ug m-3; null when none is. */
  readonly arrivalHour: number | null;
  /** Highest hourly mean of any of its cells, ug m-3, and its hour; null when no cell has smoke. */
  readonly highestUgM3: number;
  readonly highestHour: number | null;
  /** Highest hourly mean of the whole area, ug m-3. */
  readonly highestMeanUgM3: number;
  /** By threshold of `smokeThresholds`: hours in which any of its cells is above. */
  readonly hoursAbove: readonly number[];
};

const arrivalUgM3 = 1;

/**
 * What an area meets in the hours of a run.
 * @param shares  cells of the area, at least one
 * @param hours   PM2.5 by hour and cell, ug m-3; NaN counts as no value
 */
export function areaExposure(shares: readonly CellShare[], hours: readonly ArrayLike<number>[]): AreaExposure {
  const known = (field: ArrayLike<number>) =>
    shares.flatMap(({ cell, areaM2 }) => {
      const value = field[cell] ?? Number.NaN;
      return Number.isNaN(value) ? [] : [{ value, areaM2 }];
    });
  const perHour = hours.map((field) => {
    const cells = known(field);
    const ground = cells.reduce((sum, { areaM2 }) => sum + areaM2, 0);
    const mean = ground > 0 ? cells.reduce((sum, { value, areaM2 }) => sum + value * areaM2, 0) / ground : 0;
    return { highest: Math.max(0, ...cells.map(({ value }) => value)), mean };
  });
  const highestUgM3 = Math.max(0, ...perHour.map(({ highest }) => highest));
  const hourOf = (wanted: (highest: number) => boolean) => {
    const at = perHour.findIndex(({ highest }) => wanted(highest));
    return at < 0 ? null : at + 1;
  };
  return {
    arrivalHour: hourOf((highest) => highest > arrivalUgM3),
    highestUgM3,
    highestHour: highestUgM3 > 0 ? hourOf((highest) => highest === highestUgM3) : null,
    highestMeanUgM3: Math.max(0, ...perHour.map(({ mean }) => mean)),
    hoursAbove: smokeThresholds.map((limit) => perHour.filter(({ highest }) => highest > limit).length),
  };
}
