/** Bacteria in the sea: what sources, farms and currents must be before a run starts. */
export type SeaErrors = {
  "sea-unsuitable": { file: string; missing: string };
  "sea-field-invalid": { file: string; variable: string; cells: number; problem: string };
  "outfall-invalid": { outfall: string; problem: string };
  "outfall-on-land": { outfall: string; lat: number; lon: number; nearestM: number };
  "farm-invalid": { farm: string; problem: string };
  "farm-on-land": { farm: string };
  "place-outside-sea": { place: string; south: number; north: number; west: number; east: number };
  "sea-source-unknown": { source: string; known: string };
  "sea-gap-too-long": { after: string; before: string; hours: number; limitHours: number };
  "sea-none-yet": { source: string };
  "farm-unknown": { farm: string };
};
