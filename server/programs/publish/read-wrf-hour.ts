import { NereusError } from "@/lib/errors";
import type { Dataset } from "@/lib/formats/dataset";
import { readUnpacked } from "@/lib/formats/packing";
import type { GridDescription } from "@/lib/geo/grid";
import { lonLatOf } from "@/lib/geo/locate";
import type { PlannedProduct } from "@/lib/map/product-schema";
import type { HourFields } from "@/server/programs/publish/hour-fields";

type ReadField = (name: string) => Promise<Float64Array>;

/**
 * The published weather of one WRF history frame. Winds are turned from the grid's axes to east and north here, once.
 * @throws {NereusError} grid-mismatch when the file is on another grid than the product; variable-missing;
 *   time-undefined; unsupported-feature for a variable that has no rule below
 */
export async function readWrfHour(dataset: Dataset, product: PlannedProduct): Promise<HourFields> {
  const read: ReadField = (name) => readUnpacked(dataset, name);
  await requireGrid(dataset, product.grid, read);
  const values: Record<string, Float32Array> = {};
  for (const { name } of product.variables) {
    const rule = weatherVariables[name];
    if (rule === undefined)
      throw new NereusError("unsupported-feature", { file: dataset.name, feature: `the variable ${name} from WRF` });
    values[name] = await rule(read);
  }
  return { validAtUtc: await readTimes(dataset), values };
}

/** How each published variable is made, in published units. */
const weatherVariables: Readonly<Record<string, (read: ReadField) => Promise<Float32Array>>> = {
  wind_u: async (read) => earthWind(read, (u, v, { sin, cos }) => u * cos - v * sin),
  wind_v: async (read) => earthWind(read, (u, v, { sin, cos }) => v * cos + u * sin),
  wind_speed: async (read) => earthWind(read, (u, v) => Math.hypot(u, v)),
  t2: async (read) => Float32Array.from(await read("T2")),
  pblh: async (read) => Float32Array.from(await read("PBLH")),
  psfc: async (read) => Float32Array.from(await read("PSFC")),
  // The sums since the start need the hour before; WRF keeps those of the last hour when prec_acc_dt is set.
  rain: async (read) => {
    const [convective, gridScale] = [await read("PREC_ACC_C"), await read("PREC_ACC_NC")];
    return Float32Array.from(gridScale, (value, cell) => value + (convective[cell] ?? Number.NaN));
  },
};

async function earthWind(
  read: ReadField,
  combine: (u: number, v: number, turn: { sin: number; cos: number }) => number,
): Promise<Float32Array> {
  const [u, v, sin, cos] = [await read("U10"), await read("V10"), await read("SINALPHA"), await read("COSALPHA")];
  return Float32Array.from(u, (along, cell) =>
    combine(along, v[cell] ?? Number.NaN, { sin: sin[cell] ?? Number.NaN, cos: cos[cell] ?? Number.NaN }),
  );
}

/** Opposite corners within a hundredth of a degree: enough to tell domains apart, more than float32 rounding. */
async function requireGrid(dataset: Dataset, grid: GridDescription, read: ReadField): Promise<void> {
  const [lat, lon] = [await read("XLAT"), await read("XLONG")];
  const [south, north] = [lonLatOf(grid, 0, 0), lonLatOf(grid, grid.nX - 1, grid.nY - 1)];
  const last = lat.length - 1;
  const ends = [lat[0], lon[0], lat[last], lon[last]].map((value) => value ?? Number.NaN);
  const wanted = [south.lat, south.lon, north.lat, north.lon];
  const matches = ends.every((value, index) => Math.abs(value - (wanted[index] ?? Number.NaN)) < 0.01);
  if (lat.length === grid.nX * grid.nY && matches) return;
  const describe = (corners: readonly number[]) => corners.map((value) => value.toFixed(3)).join(" ");
  throw new NereusError("grid-mismatch", {
    file: dataset.name,
    variable: "XLAT, XLONG",
    got: `${lat.length} points, corners ${describe(ends)}`,
    want: `${grid.nY} x ${grid.nX}, corners ${describe(wanted)}`,
  });
}

async function readTimes(dataset: Dataset): Promise<string> {
  const text = String.fromCharCode(...(await dataset.readRaw("Times")));
  const match = /^(\d{4}-\d{2}-\d{2})_(\d{2}:\d{2}:\d{2})$/.exec(text);
  if (match?.[1] !== undefined && match[2] !== undefined) return `${match[1]}T${match[2]}Z`;
  throw new NereusError("time-undefined", { file: dataset.name, problem: `Times is “${text.slice(0, 60)}”` });
}
