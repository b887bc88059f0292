import { mkdir, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { encodeClassicNetcdf } from "@/lib/formats/netcdf-classic-writer";
import type { SeaInventory } from "@/lib/formats/roms/sea-inventory";
import { type Basin, buildBasin } from "@/server/programs/demo-sea/basin";
import type { DemoSeaJob } from "@/server/programs/demo-sea/job";
import { type SeaHour, seaFile } from "@/server/programs/demo-sea/sea-file";
import { ShallowWater } from "@/server/programs/demo-sea/shallow-water";
import type { ProgramLog } from "@/server/programs/run-program";

/** Before the first hour that is kept: the sea starts at rest. */
const spinUpHours = 24;
const hoursPerFile = 24;

/**
 * Computes the demonstration sea: `map/ocean_his_<time>.nc` for the map, each whole by rename, then the currents that drive
 * runs, `currents/ocean_his_<n>.nc` of a day each, and `currents/sea.json`, their inventory.
 */
export async function simulateSea({ params, out }: DemoSeaJob, log: ProgramLog): Promise<void> {
  const cycle = Date.parse(`${params.cycle.slice(0, 13)}:00:00Z`) / 1000;
  const basin = buildBasin();
  const first = cycle - params.hoursBefore * 3600;
  const water = new ShallowWater(basin, first - spinUpHours * 3600);
  const hours: SeaHour[] = [];
  await mkdir(join(out, "map"), { recursive: true });
  await mkdir(join(out, "currents"), { recursive: true });
  for (let seconds = first; seconds <= cycle + params.hours * 3600; seconds += 3600) {
    water.runTo(seconds);
    const hour: SeaHour = {
      seconds,
      zeta: Float64Array.from(water.zeta),
      u: Float64Array.from(water.u),
      v: Float64Array.from(water.v),
    };
    hours.push(hour);
    const lead = (seconds - cycle) / 3600;
    if (lead < 0 || lead % params.mapEveryHours !== 0) continue;
    await write(join(out, "map"), `ocean_his_${stampOf(seconds)}.nc`, encodeHours(basin, [hour]));
    log(`hour ${lead} of ${params.hours}`);
  }
  await writeCurrents(join(out, "currents"), basin, hours);
}

async function writeCurrents(folder: string, basin: Basin, hours: readonly SeaHour[]): Promise<void> {
  const files: SeaInventory["files"][number][] = [];
  const frames: SeaInventory["frames"][number][] = [];
  for (let from = 0; from < hours.length; from += hoursPerFile) {
    const part = hours.slice(from, from + hoursPerFile);
    const name = `ocean_his_${String(files.length).padStart(4, "0")}.nc`;
    const bytes = encodeHours(basin, part);
    await write(folder, name, bytes);
    const file = files.length;
    frames.push(...part.map(({ seconds }, record) => ({ validAtUtc: isoOf(seconds), file, record })));
    files.push({ path: name, sizeBytes: bytes.length, sha256: null });
  }
  const extremes = (values: Float64Array): readonly [number, number] => [values[0] ?? 0, values.at(-1) ?? 0];
  const [[west, east], [south, north]] = [extremes(basin.lon), extremes(basin.lat)];
  const inventory: SeaInventory = {
    source: "demo-sea",
    files,
    frames,
    derived: ["w"],
    bounds: { south, north, west, east },
    spacingM: Math.sqrt(basin.dxM * basin.dyM),
    demonstration: true,
    runId: null,
  };
  await write(folder, "sea.json", new TextEncoder().encode(`${JSON.stringify(inventory, null, 1)}\n`));
}

const encodeHours = (basin: Basin, hours: readonly SeaHour[]): Uint8Array =>
  encodeClassicNetcdf(seaFile("demo-sea", basin, hours));

async function write(folder: string, name: string, bytes: Uint8Array): Promise<void> {
  await writeFile(join(folder, `${name}.part`), bytes);
  await rename(join(folder, `${name}.part`), join(folder, name));
}

const isoOf = (seconds: number): string => new Date(seconds * 1000).toISOString().replace(".000Z", "Z");
const stampOf = (seconds: number): string => isoOf(seconds).slice(0, 13).replace(/[-T]/g, "");
