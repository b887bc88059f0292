import { NereusError } from "@/lib/errors";
import { boundsOfGrid } from "@/lib/formats/cf-attributes";
import type { PackedArray } from "@/lib/formats/pack";
import type { GridDescription } from "@/lib/geo/grid";
import { lonLatOf } from "@/lib/geo/locate";
import { wrapLongitude } from "@/lib/geo/projection";
import type { ProductDescription } from "@/lib/map/product";

/** What is wanted of a product; null = all of it. Degrees; west > east means across the 180th meridian. */
export type ProductCut = {
  readonly box: { readonly west: number; readonly south: number; readonly east: number; readonly north: number } | null;
  /** ISO 8601 UTC, both ends included. */
  readonly times: { readonly from: string; readonly to: string } | null;
  readonly variables: readonly string[] | null;
};

export type CutProduct = {
  /** The product as it is after the cut: grid, times and variables. */
  readonly description: ProductDescription;
  /** Steps of the whole product that are kept. */
  readonly steps: readonly number[];
  readonly window: GridWindow;
};

/** Cells [j0, j0 + nY) x [i0, i0 + nX) of a grid. */
export type GridWindow = { readonly i0: number; readonly j0: number; readonly nX: number; readonly nY: number };

/**
 * Cuts a product to a box, a span of time and some variables. Kept are the rows and columns that hold a cell whose centre
 * lies in the box; on a projected grid some centres at the rim lie outside it.
 * @param present  steps that were published
 * @throws {NereusError} subset-outside-grid, subset-outside-times, variable-missing
 */
export function cutProduct(whole: ProductDescription, present: readonly number[], cut: ProductCut): CutProduct {
  const variables = cut.variables === null ? whole.variables : cut.variables.map((name) => findVariable(whole, name));
  const { nX, nY } = whole.grid;
  const window = cut.box === null ? { i0: 0, j0: 0, nX, nY } : windowOf(whole.grid, cut.box);
  if (window === null) throw outsideGrid(whole);
  const steps = present.filter((step) => isWithin(whole.times[step], cut.times)).sort((a, b) => a - b);
  if (steps.length === 0) {
    const { from, to } = cut.times ?? { from: whole.times.at(0) ?? "", to: whole.times.at(-1) ?? "" };
    throw new NereusError("subset-outside-times", { product: whole.productId, from, to });
  }
  const times = steps.map((step) => whole.times[step] ?? "");
  return { description: { ...whole, variables, times, grid: cutGrid(whole.grid, window) }, steps, window };
}

/** A window of a plane of `nX` columns, row by row. */
export function cutPlane(plane: PackedArray, nX: number, window: GridWindow): PackedArray {
  const length = window.nX * window.nY;
  const cells = plane instanceof Int16Array ? new Int16Array(length) : new Int32Array(length);
  for (let row = 0; row < window.nY; row += 1) {
    const from = (window.j0 + row) * nX + window.i0;
    cells.set(plane.subarray(from, from + window.nX), row * window.nX);
  }
  return cells;
}

function outsideGrid({ productId, grid }: ProductDescription): NereusError {
  const [west, south, east, north] = boundsOfGrid(grid);
  return new NereusError("subset-outside-grid", { product: productId, west, south, east, north });
}

function findVariable({ variables, productId }: ProductDescription, name: string) {
  const found = variables.find((variable) => variable.name === name);
  if (found !== undefined) return found;
  const present = variables.map((variable) => variable.name).join(", ");
  throw new NereusError("variable-missing", { file: productId, variable: name, present });
}

function isWithin(time: string | undefined, span: ProductCut["times"]): boolean {
  if (time === undefined || span === null) return time !== undefined;
  return Date.parse(time) >= Date.parse(span.from) && Date.parse(time) <= Date.parse(span.to);
}

function windowOf(grid: GridDescription, box: NonNullable<ProductCut["box"]>): GridWindow | null {
  const width = box.east - box.west >= 360 ? 360 : (((box.east - box.west) % 360) + 360) % 360;
  let [i0, i1, j0, j1] = [grid.nX, -1, grid.nY, -1];
  for (let j = 0; j < grid.nY; j += 1)
    for (let i = 0; i < grid.nX; i += 1) {
      const { lon, lat } = lonLatOf(grid, i, j);
      if (lat < box.south || lat > box.north || wrapLongitude(lon - box.west - 180) + 180 > width) continue;
      [i0, i1] = [Math.min(i0, i), Math.max(i1, i)];
      [j0, j1] = [Math.min(j0, j), Math.max(j1, j)];
    }
  return i1 < 0 ? null : { i0, j0, nX: i1 - i0 + 1, nY: j1 - j0 + 1 };
}

function cutGrid(grid: GridDescription, { i0, j0, nX, nY }: GridWindow): GridDescription {
  if (grid.kind === "latlon")
    return { ...grid, nX, nY, lon0: grid.lon0 + i0 * grid.dLon, lat0: grid.lat0 + j0 * grid.dLat };
  return { ...grid, nX, nY, x0: grid.x0 + i0 * grid.dX, y0: grid.y0 + j0 * grid.dY };
}
