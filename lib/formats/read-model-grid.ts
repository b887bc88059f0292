import type { AttributeValue, Dataset, Variable } from "@/lib/formats/dataset";
import { latitudeOf, longitudeOf } from "@/lib/formats/find-coordinates";
import { readUnpacked } from "@/lib/formats/packing";
import { readSeaGrid } from "@/lib/formats/roms/read-sea-grid";
import type { SeaGrid } from "@/lib/formats/roms/sea-grid";
import { readWrfGrid } from "@/lib/formats/wrf/read-grid";
import { bilinear } from "@/lib/geo/bilinear";
import { curvilinearModelGrid } from "@/lib/geo/curvilinear-model-grid";
import type { LatLonGrid } from "@/lib/geo/grid";
import type { ModelGrid, VerticalCoordinate } from "@/lib/geo/model-grid";
import { wrapLongitude } from "@/lib/geo/projection";
import { regularModelGrid } from "@/lib/geo/regular-model-grid";
import { levelHeight } from "@/lib/geo/s-coordinate";

/**
 * The grid of any model file: ROMS, CROCO and WaComM native with their levels, masks, metrics and angle; WRF on its
 * projections (that of the first record, for a nest that moves); latitudes and longitudes of one or two dimensions.
 * @returns null for a file without latitudes and longitudes, or with fewer than two cells each way
 * @throws what the readers of the models throw, such as grid-mismatch for coordinates that are not those of the projection
 */
export async function readModelGrid(dataset: Dataset): Promise<ModelGrid | null> {
  if (isSea(dataset)) return seaModelGrid(await readSeaGrid(dataset));
  const [lat, lon] = [latitudeOf(dataset), longitudeOf(dataset)];
  if (lat === undefined || lon === undefined || lat.shape.length !== lon.shape.length) return null;
  const shape = lat.shape.length === 1 ? [lat.shape[0] ?? 0, lon.shape[0] ?? 0] : lat.shape.slice(-2);
  const [nY = 0, nX = 0] = shape;
  if (nX < 2 || nY < 2 || lat.shape.includes(0)) return null;
  if (lat.name === "XLAT" && [1, 2, 3].includes(firstOf(dataset.attributes.MAP_PROJ) ?? 0))
    return regularModelGrid((await readWrfGrid(dataset, 0, { nX, nY })).grid);
  const places = { lat: await readPlane(dataset, lat), lon: await readPlane(dataset, lon) };
  const vertical = await readDepths(dataset);
  if (lat.shape.length > 1) return fromPlanes({ nX, nY, ...places }, await readMask(dataset, nX * nY), vertical);
  const even = evenGrid(places.lon, places.lat);
  if (even !== null) return regularModelGrid(even, vertical);
  const planes = {
    lon: Float64Array.from({ length: nX * nY }, (_, at) => places.lon[at % nX] ?? 0),
    lat: Float64Array.from({ length: nX * nY }, (_, at) => places.lat[Math.floor(at / nX)] ?? 0),
  };
  return fromPlanes({ nX, nY, ...planes }, null, vertical);
}

/** A terrain-following file: depth of the bottom and levels; grid files alone lack these. */
function isSea({ variables, attributes }: Dataset): boolean {
  const has = (names: readonly string[]) => names.some((name) => variables.has(name) || attributes[name] !== undefined);
  return variables.has("h") && has(["s_rho", "sc_r"]);
}

function seaModelGrid({ nXi, nEta, lon, lat, mask, pm, pn, angle, ...sea }: SeaGrid): ModelGrid {
  const { h, s, c, stretching } = sea;
  const vertical: VerticalCoordinate = {
    levels: s.length,
    heightsM({ i, j }, surfaceM) {
      const column = { h: bilinear({ values: h, columns: nXi, rows: nEta }, i, j), zeta: surfaceM };
      return s.map((level, k) => levelHeight(stretching, { s: level, c: c[k] ?? 0 }, column));
    },
  };
  return curvilinearModelGrid({ columns: nXi, rows: nEta, lon, lat }, { mask, metrics: { pm, pn }, angle, vertical });
}

type Planes = { readonly nX: number; readonly nY: number; readonly lon: Float64Array; readonly lat: Float64Array };

/** Null where the places are all one, as in WRF's idealised cases. */
function fromPlanes({ nX, nY, lon, lat }: Planes, mask: Float64Array | null, vertical: VerticalCoordinate | null) {
  if (lat.every((one) => one === lat[0]) && lon.every((one) => one === lon[0])) return null;
  const extras = { mask, metrics: null, angle: null, vertical };
  return curvilinearModelGrid({ columns: nX, rows: nY, lon, lat }, extras);
}

/** Coordinates that repeat in time are those of the first record. */
function readPlane(dataset: Dataset, { name, shape }: Variable): Promise<Float64Array> {
  const repeats = Math.max(0, shape.length - 2);
  const count = shape.map((length, d) => (d < repeats ? 1 : length));
  return readUnpacked(dataset, name, { start: count.map(() => 0), count });
}

/** WRF computes everywhere, so only a mask of the sea counts; one that is 0 everywhere means that the file has none. */
async function readMask(dataset: Dataset, cells: number): Promise<Float64Array | null> {
  const variable = dataset.variables.get("mask_rho");
  if (variable === undefined) return null;
  const mask = await readPlane(dataset, variable);
  return mask.length === cells && mask.some((one) => one > 0.5) ? mask : null;
}

/** Largest difference from an even step that is rounding of the file's float32 degrees, in steps. */
const largestUneven = 0.01;

function evenGrid(lon: Float64Array, lat: Float64Array): LatLonGrid | null {
  const first = lon[0] ?? 0;
  const east = lon.map((one) => (Math.abs(one - first) > 180 ? wrapLongitude(one - first) : one - first));
  const [dLon, dLat] = [evenStep(east), evenStep(lat)];
  if (dLon === null || dLat === null) return null;
  return { kind: "latlon", nX: lon.length, nY: lat.length, lon0: first, lat0: lat[0] ?? 0, dLon, dLat };
}

function evenStep(values: Float64Array): number | null {
  const first = values[0] ?? 0;
  const step = ((values.at(-1) ?? 0) - first) / (values.length - 1);
  const isEven = values.every((value, at) => Math.abs(value - first - at * step) <= largestUneven * Math.abs(step));
  return step !== 0 && isEven ? step : null;
}

/** Levels at fixed depths or heights: a coordinate of one dimension that says which way it counts. */
async function readDepths(dataset: Dataset): Promise<VerticalCoordinate | null> {
  const axis = [...dataset.variables.values()].find(
    ({ name, shape, dimensions, attributes: { positive } }) =>
      shape.length === 1 && dimensions[0] === name && (positive === "up" || positive === "down"),
  );
  if (axis === undefined) return null;
  const sign = axis.attributes.positive === "down" ? -1 : 1;
  const heights = (await readUnpacked(dataset, axis.name)).map((value) => sign * value);
  return { levels: heights.length, heightsM: () => heights.slice() };
}

function firstOf(value: AttributeValue | undefined): number | null {
  return value === undefined || typeof value === "string" ? null : (value[0] ?? null);
}
