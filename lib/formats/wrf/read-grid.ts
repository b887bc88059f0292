import { NereusError } from "@/lib/errors";
import type { Dataset } from "@/lib/formats/dataset";
import type { MetFrame } from "@/lib/formats/wrf/inventory";
import { readField } from "@/lib/formats/wrf/read-field";
import type { WrfShape } from "@/lib/formats/wrf/wrf-variables";
import { type Projection, wrfEarthRadiusM } from "@/lib/geo/grid";
import { projectionOf, wrapLongitude } from "@/lib/geo/projection";

/**
 * Grid of one record: the projection of the global attributes, anchored on the record's own XLAT and XLONG, so that a
 * moving nest has another origin in each record. The origin is the mean over all mass points, which averages out the
 * rounding of the file's float32 degrees (about 0.5 m).
 * @throws unsupported-feature for MAP_PROJ other than Lambert, polar stereographic, Mercator; grid-mismatch where the
 *   coordinates are not those of the projection; format-invalid where an attribute is missing
 */
export async function readWrfGrid(
  dataset: Dataset,
  record: number,
  { nX, nY }: Pick<WrfShape, "nX" | "nY">,
): Promise<Pick<MetFrame, "grid" | "bounds">> {
  const projection = readProjection(dataset);
  const [dX, dY] = [attribute(dataset, "DX"), attribute(dataset, "DY")];
  if (!(dX > 0 && dY > 0)) throw invalid(dataset, "DX, DY", `the cells are ${dX} x ${dY} m`);
  const slab = { start: [0, 0], count: [nY, nX] };
  const lat = await readField(dataset, "XLAT", { record, slab });
  const lon = await readField(dataset, "XLONG", { record, slab });
  const { toPlane } = projectionOf(projection);
  const points = Array.from(lat, (one, at) => ({ at, ...toPlane(lon[at] ?? 0, one) }));
  const origins = points.map(({ at, x, y }) => ({ x: x - dX * (at % nX), y: y - dY * Math.floor(at / nX) }));
  const x0 = mean(origins.map((one) => one.x));
  const y0 = mean(origins.map((one) => one.y));
  const farthest = origins.reduce((far, one) => Math.max(far, Math.abs(one.x - x0) / dX, Math.abs(one.y - y0) / dY), 0);
  if (!(farthest <= largestMisfitCells))
    throw new NereusError("grid-mismatch", {
      file: dataset.name,
      variable: "XLAT, XLONG",
      got: `${farthest.toFixed(2)} cells off the regular grid of its projection (${projection.name})`,
      want: "coordinates on that grid",
    });
  const grid = { kind: "projected", nX, nY, projection, x0, y0, dX, dY } as const;
  return { grid, bounds: boundsOf(lat, lon) };
}

/** Rounding of float32 degrees is below 1 m; a wrong projection is off by many cells. */
const largestMisfitCells = 0.25;

function readProjection(dataset: Dataset): Projection {
  const kind = attribute(dataset, "MAP_PROJ");
  const radiusM = wrfEarthRadiusM;
  const trueLat1 = attribute(dataset, "TRUELAT1");
  if (kind === 1) {
    const [trueLat2, standLon] = [attribute(dataset, "TRUELAT2"), attribute(dataset, "STAND_LON")];
    const lat0 = optional(dataset, "MOAD_CEN_LAT") ?? attribute(dataset, "CEN_LAT");
    return { name: "lambert", trueLat1, trueLat2, standLon, lat0, radiusM };
  }
  if (kind === 2) return { name: "polar", trueLat1, standLon: attribute(dataset, "STAND_LON"), radiusM };
  if (kind === 3) {
    // Mercator has no standard longitude: WPS leaves 1e20 there in some versions.
    const standLon = optional(dataset, "STAND_LON") ?? attribute(dataset, "CEN_LON");
    return { name: "mercator", trueLat1, standLon, radiusM };
  }
  const names: Record<number, string> = { 0: "an idealised grid without projection", 6: "a latitude-longitude grid" };
  const feature = `${names[kind] ?? "a map projection"} (MAP_PROJ ${kind})`;
  throw new NereusError("unsupported-feature", { file: dataset.name, feature });
}

/** Longitudes count on from the first point, so that a domain across the date line has west < east. */
function boundsOf(lat: Float64Array, lon: Float64Array): MetFrame["bounds"] {
  const first = lon[0] ?? 0;
  const unwrapped = lon.map((one) => first + wrapLongitude(one - first));
  return { south: least(lat), north: greatest(lat), west: least(unwrapped), east: greatest(unwrapped) };
}

function attribute(dataset: Dataset, name: string): number {
  const value = optional(dataset, name);
  if (value === null) throw invalid(dataset, `global attribute ${name}`, "it is absent");
  return value;
}

function optional(dataset: Dataset, name: string): number | null {
  const value = dataset.attributes[name];
  const number = typeof value === "string" ? Number(value) : value?.[0];
  return number === undefined || !(Math.abs(number) < 1e19) ? null : number;
}

function invalid(dataset: Dataset, place: string, problem: string): NereusError {
  return new NereusError("format-invalid", { file: dataset.name, place, problem });
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function least(values: Float64Array): number {
  return values.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
}

function greatest(values: Float64Array): number {
  return values.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
}
