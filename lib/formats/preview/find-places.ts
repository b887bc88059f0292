import type { AttributeValue, Dataset, Variable } from "@/lib/formats/dataset";
import { readUnpacked } from "@/lib/formats/packing";
import type { PreviewPlaces } from "@/lib/formats/preview/preview-plane";
import { crsToLonLat } from "@/lib/geo/crs-to-lon-lat";

type Thinned = { readonly variable: Variable; readonly stride: number };

/**
 * Longitudes and latitudes of the cells of a variable's last two dimensions, every `stride`-th of them: from the place of a
 * raster, the corners of a GRIB field on latitudes and longitudes, or the coordinates that lie on the same dimensions.
 * @returns null where the file does not tell, tells it for some cells only, or all places are the same
 * @throws what `readRaw` throws
 */
export async function findPlaces(dataset: Dataset, of: Thinned): Promise<PreviewPlaces | null> {
  const places = await placesByFormat(dataset, of);
  if (places === null) return null;
  const isKnown = places.lat.every((lat) => Math.abs(lat) <= 90.5) && places.lon.every((lon) => Math.abs(lon) <= 720);
  const isSpread = new Set(places.lat).size > 1 && new Set(places.lon).size > 1;
  return isKnown && isSpread ? places : null;
}

function placesByFormat(dataset: Dataset, of: Thinned): PreviewPlaces | null | Promise<PreviewPlaces | null> {
  if (dataset.format === "geotiff" || dataset.format === "tiff") return rasterPlaces(dataset, of);
  if (dataset.format === "grib1" || dataset.format === "grib2") return gribPlaces(of);
  return coordinatePlaces(dataset, of);
}

function rasterPlaces({ attributes }: Dataset, { variable, stride }: Thinned): PreviewPlaces | null {
  const [west, south, east, north] = numbers(attributes.bounds);
  const toLonLat = typeof attributes.crs === "string" ? crsToLonLat(attributes.crs) : null;
  if (west === undefined || south === undefined || east === undefined || north === undefined) return null;
  if (toLonLat === null) return null;
  const [nY = 0, nX = 0] = variable.shape.slice(-2);
  const [dX, dY] = [(east - west) / nX, (north - south) / nY];
  const columns = kept(nX, stride).map((column) => west + (column + 0.5) * dX);
  const rows = kept(nY, stride).map((row) => north - (row + 0.5) * dY);
  const cells = rows.flatMap((y) => columns.map((x) => toLonLat(x, y)));
  return { kind: "plane", lon: cells.map(({ lon }) => lon), lat: cells.map(({ lat }) => lat) };
}

function gribPlaces({ variable, stride }: Thinned): PreviewPlaces | null {
  const [lat1, lon1, lat2, lon2] = numbers(variable.attributes.corners);
  if (variable.attributes.grid !== "latitude-longitude") return null;
  if (lat1 === undefined || lon1 === undefined || lat2 === undefined || lon2 === undefined) return null;
  const [nY = 0, nX = 0] = variable.shape.slice(-2);
  const east = lon2 < lon1 ? lon2 + 360 : lon2;
  const along = (from: number, to: number, count: number) =>
    kept(count, stride).map((at) => from + ((to - from) * at) / Math.max(1, count - 1));
  return { kind: "axes", lon: along(lon1, east, nX), lat: along(lat1, lat2, nY) };
}

const axes = {
  lat: {
    names: /^(lat|latitude|y_lat|xlat(_[muv])?|lat_(rho|u|v|psi)|nav_lat)$/i,
    units: /^degrees?_?n/i,
    standard: "latitude",
  },
  lon: {
    names: /^(lon|longitude|x_lon|xlong(_[muv])?|lon_(rho|u|v|psi)|nav_lon)$/i,
    units: /^degrees?_?e/i,
    standard: "longitude",
  },
} as const;

async function coordinatePlaces(dataset: Dataset, { variable, stride }: Thinned): Promise<PreviewPlaces | null> {
  const [y = "", x = ""] = variable.dimensions.slice(-2);
  const plane = { lat: candidate(dataset, "lat", [y, x]), lon: candidate(dataset, "lon", [y, x]) };
  if (plane.lat !== undefined && plane.lon !== undefined) {
    const [lat, lon] = [await thin(dataset, plane.lat, stride), await thin(dataset, plane.lon, stride)];
    return { kind: "plane", lat, lon };
  }
  const [lat, lon] = [candidate(dataset, "lat", [y]), candidate(dataset, "lon", [x])];
  if (lat === undefined || lon === undefined) return null;
  return { kind: "axes", lat: await thin(dataset, lat, stride), lon: await thin(dataset, lon, stride) };
}

/** The coordinate whose last dimensions are these, by its name, standard name or units. */
function candidate(dataset: Dataset, axis: keyof typeof axes, dimensions: readonly string[]): Variable | undefined {
  const { names, units, standard } = axes[axis];
  return [...dataset.variables.values()].find((each) => {
    const inner = each.dimensions.slice(-dimensions.length);
    if (each.dtype === "char" || each.dimensions.length < dimensions.length) return false;
    // A time before the plane is that of WRF; one axis has no other.
    if (dimensions.length === 1 && each.dimensions.length > 1) return false;
    if (inner.some((name, at) => name !== dimensions[at])) return false;
    const text = (value: AttributeValue | undefined) => (typeof value === "string" ? value : "");
    const plainName = each.name.split("/").at(-1) ?? each.name;
    return (
      names.test(plainName) ||
      text(each.attributes.standard_name) === standard ||
      units.test(text(each.attributes.units))
    );
  });
}

async function thin(dataset: Dataset, { name, shape }: Variable, stride: number): Promise<number[]> {
  const inner = shape.slice(-2);
  const count = shape.map((length, d) => (d < shape.length - 2 ? Math.min(1, length) : length));
  const values = await readUnpacked(dataset, name, { start: shape.map(() => 0), count });
  if (inner.length === 1) return kept(inner[0] ?? 0, stride).map((at) => values[at] ?? Number.NaN);
  const [nY = 0, nX = 0] = inner;
  return kept(nY, stride).flatMap((row) => kept(nX, stride).map((column) => values[row * nX + column] ?? Number.NaN));
}

/** Indices that are kept of an axis. */
export function kept(length: number, stride: number): number[] {
  return Array.from({ length: Math.ceil(length / stride) }, (_, at) => at * stride);
}

function numbers(value: AttributeValue | undefined): number[] {
  return value === undefined || typeof value === "string" ? [] : Array.from(value);
}
