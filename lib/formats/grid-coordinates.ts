import type { CfAttributes } from "@/lib/formats/cf-attributes";
import type { GridDescription, ProjectedGrid } from "@/lib/geo/grid";
import { projectionOf } from "@/lib/geo/projection";
import type { ProductDescription } from "@/lib/map/product";

/** A coordinate variable of a published file, float64. */
export type Coordinate = {
  readonly name: string;
  readonly dimensions: readonly string[];
  readonly shape: readonly number[];
  readonly values: Float64Array;
  readonly attributes: CfAttributes;
};

/** Names of the horizontal dimensions of a grid, slowest first. */
export function gridDimensions(grid: GridDescription): readonly [string, string] {
  return grid.kind === "latlon" ? ["lat", "lon"] : ["y", "x"];
}

/**
 * Coordinates of a product's files: `time` (seconds since 1970, exact in float64) and the cell centres.
 * @throws RangeError for a time that is not ISO 8601
 */
export function productCoordinates(description: ProductDescription): readonly Coordinate[] {
  const seconds = description.times.map((text) => new Date(text).valueOf() / 1000);
  if (seconds.some(Number.isNaN)) throw new RangeError(`not ISO 8601: ${description.times.join(" ")}`);
  return [
    axis("time", seconds, {
      standard_name: "time",
      long_name: "valid time",
      units: "seconds since 1970-01-01 00:00:00",
      calendar: "standard",
      axis: "T",
    }),
    ...horizontalCoordinates(description.grid),
  ];
}

function horizontalCoordinates(grid: GridDescription): readonly Coordinate[] {
  if (grid.kind === "latlon")
    return [
      axis("lat", steps(grid.lat0, grid.dLat, grid.nY), {
        standard_name: "latitude",
        long_name: "latitude of the cell centre",
        units: "degrees_north",
        axis: "Y",
      }),
      axis("lon", steps(grid.lon0, grid.dLon, grid.nX), {
        standard_name: "longitude",
        long_name: "longitude of the cell centre",
        units: "degrees_east",
        axis: "X",
      }),
    ];
  return [
    axis("y", steps(grid.y0, grid.dY, grid.nY), {
      standard_name: "projection_y_coordinate",
      long_name: "y of the cell centre",
      units: "m",
      axis: "Y",
    }),
    axis("x", steps(grid.x0, grid.dX, grid.nX), {
      standard_name: "projection_x_coordinate",
      long_name: "x of the cell centre",
      units: "m",
      axis: "X",
    }),
    ...cellCentres(grid),
  ];
}

/**
 * Places are told to 2^-20 degrees, 5 cm at most beside the exact one: two planes of 600 x 600 cells then take 0.6 MB
 * instead of 5 MB, with every step of a run.
 */
const placesPerDegree = 2 ** 20;

/** Latitude and longitude of every cell of a projected grid, [y, x]. */
function cellCentres(grid: ProjectedGrid): readonly Coordinate[] {
  const { toLonLat } = projectionOf(grid.projection);
  const lat = new Float64Array(grid.nY * grid.nX);
  const lon = new Float64Array(grid.nY * grid.nX);
  for (let cell = 0; cell < lat.length; cell += 1) {
    const [i, j] = [cell % grid.nX, Math.floor(cell / grid.nX)];
    const centre = toLonLat(grid.x0 + i * grid.dX, grid.y0 + j * grid.dY);
    lat[cell] = Math.round(centre.lat * placesPerDegree) / placesPerDegree;
    lon[cell] = Math.round(centre.lon * placesPerDegree) / placesPerDegree;
  }
  const place = { dimensions: ["y", "x"], shape: [grid.nY, grid.nX] };
  const text = (name: string) => ({ standard_name: name, long_name: `${name} of the cell centre` });
  return [
    { name: "lat", ...place, values: lat, attributes: { ...text("latitude"), units: "degrees_north" } },
    { name: "lon", ...place, values: lon, attributes: { ...text("longitude"), units: "degrees_east" } },
  ];
}

function axis(name: string, values: readonly number[], attributes: CfAttributes): Coordinate {
  return { name, dimensions: [name], shape: [values.length], values: Float64Array.from(values), attributes };
}

function steps(first: number, step: number, count: number): number[] {
  return Array.from({ length: count }, (_, index) => first + index * step);
}
