import { decodeTimes } from "@/lib/formats/cf-time";
import { readUnpacked } from "@/lib/formats/packing";
import { readRomsFrame } from "@/lib/formats/roms/read-roms-frame";
import { readSeaGrid } from "@/lib/formats/roms/read-sea-grid";
import type { RomsFrame, RomsGrid } from "@/lib/formats/roms/roms-grid";
import { type CurvilinearMap, curvilinearMap } from "@/lib/geo/curvilinear";
import { openDataset } from "@/server/formats/open-dataset";

/** All records of a ROMS file, with their times in seconds after the first. */
export type RomsFile = {
  readonly grid: RomsGrid;
  readonly map: CurvilinearMap;
  readonly frames: readonly RomsFrame[];
  readonly seconds: readonly number[];
};

const opened = new Map<string, Promise<RomsFile>>();

/** Reads a file once, however many cases ask for it. */
export function romsFile(path: string): Promise<RomsFile> {
  const known = opened.get(path) ?? read(path);
  opened.set(path, known);
  return known;
}

async function read(path: string): Promise<RomsFile> {
  const dataset = await openDataset(path);
  const grid = await readSeaGrid(dataset);
  const time = dataset.variables.get("ocean_time");
  const units = time?.attributes.units;
  const times = decodeTimes([...(await readUnpacked(dataset, "ocean_time"))], {
    units: typeof units === "string" ? units : undefined,
    file: path,
  });
  const frames: RomsFrame[] = [];
  for (const record of times.keys()) frames.push(await readRomsFrame(dataset, grid, record));
  await dataset.close();
  const seconds = times.map((at) => (Date.parse(at) - Date.parse(times[0] ?? "")) / 1000);
  const map = curvilinearMap({ columns: grid.nXi, rows: grid.nEta, lon: grid.lon, lat: grid.lat });
  return { grid, map, frames, seconds };
}
