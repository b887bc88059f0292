import type { LatLonGrid } from "@/lib/geo/grid";

/** A place in degrees: longitude, latitude. */
export type LonLat = readonly [number, number];

/** The cells around a ring and the part of each that lies inside it, row by row from the south. */
export type RingShares = {
  /** First column and row of the grid, and columns of a row. */
  readonly west: number;
  readonly south: number;
  readonly columns: number;
  /** 0..1 but for rounding. */
  readonly shares: Float64Array;
};

/** A corner in cells from the south-western corner of the window. */
type Corner = { readonly x: number; readonly y: number };

/**
 * Part of each cell inside a ring of degrees, either way round. Each piece of the outline adds to its own cell the area
 * between it and the cell's western side, and its whole height to all cells west of it, so that work grows with the
 * cells that the outline crosses, not with corners times cells.
 * @returns null when the ring lies outside the grid
 * Source: area as the integral of x dy along the outline (Green's theorem)
 */
export function ringShares(ring: readonly LonLat[], grid: LatLonGrid): RingShares | null {
  const columns = span(ring, { axis: 0, first: grid.lon0, step: grid.dLon, count: grid.nX });
  const rows = span(ring, { axis: 1, first: grid.lat0, step: grid.dLat, count: grid.nY });
  if (columns === null || rows === null) return null;
  const corners = ring.map(
    ([lon, lat]): Corner => ({
      x: (lon - grid.lon0) / grid.dLon + 0.5 - columns.from,
      y: (lat - grid.lat0) / grid.dLat + 0.5 - rows.from,
    }),
  );
  const shares = new Float64Array(columns.count * rows.count);
  const window = { columns: columns.count, rows: rows.count, shares };
  let before = corners.at(-1) ?? { x: 0, y: 0 };
  for (const corner of corners) {
    addEdge(window, before, corner);
    before = corner;
  }
  for (let at = shares.length - 1; at >= 0; at -= 1) {
    const isLast = at % columns.count === columns.count - 1;
    if (!isLast) shares[at] = (shares[at] ?? 0) + (shares[at + 1] ?? 0);
  }
  return { west: columns.from, south: rows.from, columns: columns.count, shares: shares.map(Math.abs) };
}

type Axis = { readonly axis: 0 | 1; readonly first: number; readonly step: number; readonly count: number };

/** Cells of an axis that a ring reaches. */
function span(ring: readonly LonLat[], { axis, first, step, count }: Axis) {
  let [low, high] = [count, 0];
  for (const place of ring) {
    const at = (place[axis] - first) / step + 0.5;
    low = Math.min(low, Math.floor(at));
    high = Math.max(high, Math.ceil(at));
  }
  const from = Math.max(0, low);
  const cells = Math.min(count, high) - from;
  return cells > 0 ? { from, count: cells } : null;
}

type Window = { readonly columns: number; readonly rows: number; readonly shares: Float64Array };

/** Cuts an edge at the rows that it crosses. */
function addEdge(window: Window, from: Corner, to: Corner): void {
  const [low, high] = from.y < to.y ? [from, to] : [to, from];
  const sign = from.y < to.y ? 1 : -1;
  const slope = (high.x - low.x) / (high.y - low.y);
  const last = Math.min(window.rows - 1, Math.floor(high.y));
  for (let row = Math.max(0, Math.floor(low.y)); row <= last; row += 1) {
    const south = Math.max(low.y, row);
    const north = Math.min(high.y, row + 1);
    if (!(north > south)) continue;
    const [a, b] = [low.x + slope * (south - low.y), low.x + slope * (north - low.y)];
    const piece = { west: Math.min(a, b), east: Math.max(a, b), height: sign * (north - south) };
    addPiece(window, row, piece);
  }
}

/** Cuts the piece of an edge in a row at its columns; what lies west of one is summed at the end from the east. */
function addPiece(
  { columns, shares }: Window,
  row: number,
  { west, east, height }: { readonly west: number; readonly east: number; readonly height: number },
): void {
  const start = row * columns;
  const add = (column: number, value: number) => {
    if (column >= 0) shares[start + column] = (shares[start + column] ?? 0) + value;
  };
  const last = Math.min(columns - 1, Math.floor(east));
  for (let column = Math.max(0, Math.floor(west)); column <= last; column += 1) {
    const a = Math.max(west, column);
    const b = Math.min(east, column + 1);
    const part = east > west ? (height * (b - a)) / (east - west) : height;
    const own = part * ((a + b) / 2 - column);
    add(column, own);
    add(column - 1, part - own);
  }
  if (west >= columns) add(columns - 1, height);
  else if (east > columns) add(columns - 1, (height * (east - columns)) / (east - west));
}
