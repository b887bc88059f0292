import { NereusError } from "@/lib/errors";
import { decodeTimes } from "@/lib/formats/cf-time";
import type { Dataset } from "@/lib/formats/dataset";
import { readUnpacked } from "@/lib/formats/packing";
import { lonLatOf } from "@/lib/geo/locate";
import type { PlannedProduct } from "@/lib/map/product-schema";
import type { HourFields } from "@/server/programs/publish/hour-fields";

type Plane = { readonly values: Float64Array; readonly nX: number; readonly nY: number };

/**
 * The published surface fields of one history file of ROMS or WaComM++ whose rho points lie on the product's own grid, with
 * its axes along east and north. Currents are brought from the faces to the rho points.
 * @throws {NereusError} grid-mismatch when the file is on another grid than the product; variable-missing;
 *   time-undefined; unsupported-feature for a variable that has no rule below
 */
export async function readSeaHour(dataset: Dataset, product: PlannedProduct): Promise<HourFields> {
  await requireGrid(dataset, product);
  const values: Record<string, Float32Array> = {};
  for (const { name } of product.variables) {
    const rule = seaVariables[name];
    if (rule === undefined)
      throw new NereusError("unsupported-feature", { file: dataset.name, feature: `the variable ${name} from ROMS` });
    values[name] = await rule((variable) => readSurface(dataset, variable));
  }
  return { validAtUtc: await readValidTime(dataset), values };
}

type Read = (variable: string) => Promise<Plane>;

/** How each published variable is made, in published units. */
const seaVariables: Readonly<Record<string, (read: Read) => Promise<Float32Array>>> = {
  zeta: async (read) => Float32Array.from((await read("zeta")).values),
  sst: async (read) => Float32Array.from((await read("temp")).values),
  sss: async (read) => Float32Array.from((await read("salt")).values),
  conc: async (read) => Float32Array.from((await read("conc")).values),
  current_speed: async (read) => {
    const [u, v] = [await read("u"), await read("v")];
    const east = betweenColumns(u);
    const north = betweenRows(v);
    return east.map((value, cell) => Math.hypot(value, north[cell] ?? Number.NaN));
  },
};

/** The mean of the two faces of a cell; at the rim the one face that there is. ROMS: u(j, i) lies east of rho(j, i). */
function betweenColumns({ values, nX, nY }: Plane): Float32Array {
  const width = nX + 1;
  return Float32Array.from({ length: width * nY }, (_, cell) => {
    const [i, j] = [cell % width, Math.floor(cell / width)];
    const [west, east] = [Math.max(0, i - 1), Math.min(nX - 1, i)];
    return ((values[j * nX + west] ?? Number.NaN) + (values[j * nX + east] ?? Number.NaN)) / 2;
  });
}

function betweenRows({ values, nX, nY }: Plane): Float32Array {
  return Float32Array.from({ length: nX * (nY + 1) }, (_, cell) => {
    const [i, j] = [cell % nX, Math.floor(cell / nX)];
    const [south, north] = [Math.max(0, j - 1), Math.min(nY - 1, j)];
    return ((values[south * nX + i] ?? Number.NaN) + (values[north * nX + i] ?? Number.NaN)) / 2;
  });
}

/** The last plane of a variable: levels go from the bottom up, and the file holds one time. */
async function readSurface(dataset: Dataset, name: string): Promise<Plane> {
  const shape = dataset.variables.get(name)?.shape ?? [];
  const [nY = 0, nX = 0] = shape.slice(-2);
  const above = shape.slice(0, -2);
  const start = [...above.map((length) => length - 1), 0, 0];
  const values = await readUnpacked(dataset, name, { start, count: [...above.map(() => 1), nY, nX] });
  return { values, nX, nY };
}

/** Opposite corners within a thousandth of a degree. */
async function requireGrid(dataset: Dataset, { grid }: PlannedProduct): Promise<void> {
  const [lon, lat] = [await readUnpacked(dataset, "lon_rho"), await readUnpacked(dataset, "lat_rho")];
  const last = lon.length - 1;
  const [south, north] = [lonLatOf(grid, 0, 0), lonLatOf(grid, grid.nX - 1, grid.nY - 1)];
  const ends = [lat[0], lon[0], lat[last], lon[last]].map((value) => value ?? Number.NaN);
  const wanted = [south.lat, south.lon, north.lat, north.lon];
  const isClose = ends.every((value, index) => Math.abs(value - (wanted[index] ?? Number.NaN)) < 0.001);
  if (grid.kind === "latlon" && lon.length === grid.nX * grid.nY && isClose) return;
  const describe = (corners: readonly number[]) => corners.map((value) => value.toFixed(4)).join(" ");
  throw new NereusError("grid-mismatch", {
    file: dataset.name,
    variable: "lat_rho, lon_rho",
    got: `${lon.length} points, corners ${describe(ends)}`,
    want: `${grid.nY} x ${grid.nX}, corners ${describe(wanted)}`,
  });
}

async function readValidTime(dataset: Dataset): Promise<string> {
  const { units } = dataset.variables.get("ocean_time")?.attributes ?? {};
  const time = { units: typeof units === "string" ? units : undefined, file: dataset.name };
  const times = decodeTimes(await readUnpacked(dataset, "ocean_time"), time);
  const [only] = times;
  if (only !== undefined && times.length === 1) return only;
  throw new NereusError("time-undefined", { file: dataset.name, problem: `it holds ${times.length} times, not one` });
}
