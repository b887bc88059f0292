import type { Pair } from "@/lib/scores/paired-scores";

/** A tracer sample or the model's value for it: when it began and at which station. */
export type DatemRow = { readonly key: string; readonly value: number };

/**
 * Rows of a DATEM text: year, month, day, start hour (hhmm), duration, lat, lon, value, station. Lines that do not begin
 * with a year are titles.
 * @returns one entry per row, keyed by year, month, day, start and station
 * Source: Draxler, Heffter and Rolph (2001), DATEM format.
 */
export function parseDatem(text: string): readonly DatemRow[] {
  return text
    .split("\n")
    .map((line) => line.trim().split(/\s+/))
    .filter((words) => words.length >= 9 && /^\d{4}$/.test(words[0] ?? ""))
    .map(([year, month, day, start, , , , value, station]) => ({
      key: [year, month, day, start, station].map(Number).join(" "),
      value: Number(value),
    }));
}

/** Joins by time and station, in the order of the observations; model rows without an observation are left out. */
export function joinDatem(observations: readonly DatemRow[], model: readonly DatemRow[]): readonly Pair[] {
  const modelled = new Map(model.map(({ key, value }) => [key, value]));
  return observations.flatMap(({ key, value }) => {
    const found = modelled.get(key);
    return found === undefined ? [] : [{ observed: value, model: found }];
  });
}
