import type { AttributeValue, Dataset, Variable } from "@/lib/formats/dataset";
import type { Bounds, DescribedGrid } from "@/lib/formats/file-description";
import { latitudeOf, longitudeOf } from "@/lib/formats/find-coordinates";
import { readUnpacked } from "@/lib/formats/packing";

/** Most cells of a coordinate that are read to find its extent; larger grids go without. */
const maxCells = 16 * 1024 * 1024;

/**
 * The horizontal grid of a data set as far as the file itself tells: raster and GRIB attributes, else latitudes and
 * longitudes. Null where there is none.
 * @throws what `readRaw` throws
 */
export async function describeGrid(dataset: Dataset): Promise<DescribedGrid | null> {
  if (dataset.format === "tiff" || dataset.format === "geotiff") return rasterGrid(dataset);
  if (dataset.format === "grib1" || dataset.format === "grib2") return gribGrid(dataset);
  const [lat, lon] = [latitudeOf(dataset), longitudeOf(dataset)];
  if (lat === undefined || lon === undefined) return null;
  const [south, north] = await extent(dataset, lat);
  const [west, east] = await extent(dataset, lon);
  const isKnown = [south, north, west, east].every(Number.isFinite);
  const [nY, nX] = lat.shape.length >= 2 ? lat.shape.slice(-2) : [lat.shape[0], lon.shape[0]];
  return {
    projection: projectionName(dataset),
    nX: nX ?? 1,
    nY: nY ?? 1,
    bounds: isKnown ? { west, south, east, north } : null,
  };
}

function rasterGrid({ attributes, dimensions }: Dataset): DescribedGrid {
  const [west, south, east, north] = numbers(attributes.bounds);
  const isPlaced = west !== undefined && south !== undefined && east !== undefined && north !== undefined;
  return {
    projection: typeof attributes.crs === "string" ? attributes.crs : "none",
    nX: dimensions.width ?? 0,
    nY: dimensions.height ?? 0,
    bounds: isPlaced ? { west, south, east, north } : null,
  };
}

/** The grid of the first field; those of one file are mostly the same. */
function gribGrid({ variables }: Dataset): DescribedGrid | null {
  const [first] = variables.values();
  if (first === undefined) return null;
  const { grid, corners } = first.attributes;
  const [nY, nX] = first.shape.length === 2 ? first.shape : [1, first.shape[0]];
  return {
    projection: typeof grid === "string" ? grid : "unknown",
    nX: nX ?? 0,
    nY: nY ?? 0,
    bounds: boxOf(numbers(corners)),
  };
}

function boxOf([lat1, lon1, lat2, lon2]: readonly number[]): Bounds | null {
  if (lat1 === undefined || lon1 === undefined || lat2 === undefined || lon2 === undefined) return null;
  return { west: lon1, south: Math.min(lat1, lat2), east: lon2, north: Math.max(lat1, lat2) };
}

async function extent(dataset: Dataset, variable: Variable): Promise<[number, number]> {
  // Coordinates that repeat in time are read once.
  const repeats = Math.max(0, variable.shape.length - 2);
  const count = variable.shape.map((length, d) => (d < repeats ? Math.min(1, length) : length));
  const cells = count.reduce((product, length) => product * length, 1);
  if (cells === 0 || cells > maxCells) return [Number.NaN, Number.NaN];
  let [least, greatest] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of await readUnpacked(dataset, variable.name, { start: count.map(() => 0), count })) {
    if (value < least) least = value;
    if (value > greatest) greatest = value;
  }
  return [least, greatest];
}

const wrfProjections: Readonly<Record<number, string>> = {
  1: "Lambert conformal",
  2: "polar stereographic",
  3: "Mercator",
  6: "rotated latitude-longitude",
};

function projectionName({ attributes, variables }: Dataset): string {
  const mapping = [...variables.values()]
    .map((one) => one.attributes.grid_mapping_name)
    .find((one) => typeof one === "string");
  if (typeof mapping === "string") return mapping.replaceAll("_", " ");
  const [wrf] = numbers(attributes.MAP_PROJ);
  return (wrf === undefined ? undefined : wrfProjections[wrf]) ?? "latitude-longitude";
}

function numbers(value: AttributeValue | undefined): number[] {
  return value === undefined || typeof value === "string" ? [] : Array.from(value);
}
