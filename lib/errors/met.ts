/** Meteorology for a transport run: what a request asks that the files do not hold. */
export type MetErrors = {
  "met-unsuitable": { file: string; missing: string };
  "met-no-records": { file: string };
  "met-source-unknown": { source: string; known: string };
  "met-path-not-allowed": { met: string };
  "met-none-yet": { source: string };
  "point-outside-domain": { lat: number; lon: number; south: number; north: number; west: number; east: number };
  "start-outside-times": { start: string; first: string; last: string };
  "met-gap-too-long": { after: string; before: string; hours: number; limitHours: number };
  "duration-too-long": { hours: number; limitHours: number };
};
