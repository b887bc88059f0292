import { toMercator } from "@/lib/map/mercator";

/** Where the cells of a grid are: fractional indices (centres at integers) to degrees. */
export type CellPlacement = {
  readonly nX: number;
  readonly nY: number;
  /** Longitude and latitude, degrees, of the fractional index (x, y). */
  toLonLat(x: number, y: number): readonly [number, number];
};

/** Triangles that carry a grid onto the Mercator map. */
export type ReprojectionMesh = {
  /** Mercator of the point that positions are relative to: keeps float32 exact to millimetres. */
  readonly origin: readonly [number, number];
  /** x, y per vertex, Mercator minus origin. */
  readonly positions: Float32Array;
  /** Fractional grid index x, y per vertex; runs from half a cell outside the first centre to half outside the last. */
  readonly gridIndices: Float32Array;
  readonly triangles: Uint32Array;
  /** Squares along each axis. */
  readonly squares: number;
  /** Largest distance between drawn and exact position, in cells. */
  readonly errorCells: number;
};

/** A drawn cell lies at most this far from where it is, in cells. */
export const meshToleranceCells = 0.02;

/**
 * The coarsest mesh of 2^k x 2^k squares whose error against the exact projection is below the tolerance.
 * It covers whole cells: its rim lies half a cell outside the outermost centres. Grids that no coarse mesh can follow
 * end with one square per cell.
 */
export function buildMesh(cells: CellPlacement, toleranceCells = meshToleranceCells): ReprojectionMesh {
  const finest = Math.max(cells.nX, cells.nY);
  for (let squares = 1; ; squares *= 2) {
    const mesh = meshOf(cells, Math.min(squares, finest));
    if (mesh.errorCells < toleranceCells || squares >= finest) return mesh;
  }
}

function meshOf(cells: CellPlacement, squares: number): ReprojectionMesh {
  const [originX, originY] = toMercator(...cells.toLonLat((cells.nX - 1) / 2, (cells.nY - 1) / 2));
  const side = squares + 1;
  const exact = new Float64Array(side * side * 2);
  const positions = new Float32Array(side * side * 2);
  const gridIndices = new Float32Array(side * side * 2);
  for (let row = 0; row < side; row++) {
    for (let column = 0; column < side; column++) {
      const at = (row * side + column) * 2;
      const gridX = (column / squares) * cells.nX - 0.5;
      const gridY = (row / squares) * cells.nY - 0.5;
      const [x, y] = toMercator(...cells.toLonLat(gridX, gridY));
      exact.set([x, y], at);
      positions.set([x - originX, y - originY], at);
      gridIndices.set([gridX, gridY], at);
    }
  }
  return {
    origin: [originX, originY],
    positions,
    gridIndices,
    triangles: trianglesOf(squares),
    squares,
    errorCells: largestError(cells, exact, squares),
  };
}

function trianglesOf(squares: number): Uint32Array {
  const triangles = new Uint32Array(squares * squares * 6);
  let at = 0;
  for (let row = 0; row < squares; row++) {
    for (let column = 0; column < squares; column++) {
      const southWest = row * (squares + 1) + column;
      const northWest = southWest + squares + 1;
      triangles.set([southWest, southWest + 1, northWest, southWest + 1, northWest + 1, northWest], at);
      at += 6;
    }
  }
  return triangles;
}

/** Linear interpolation in both triangles of each square, against the exact position, at points where it errs most. */
function largestError(cells: CellPlacement, exact: Float64Array, squares: number): number {
  const stride = Math.max(1, Math.floor(squares / 16));
  let largest = 0;
  for (let row = 0; row < squares; row += stride) {
    for (let column = 0; column < squares; column += stride) {
      const corner = (down: number, right: number, axis: number) =>
        exact[((row + down) * (squares + 1) + column + right) * 2 + axis] ?? Number.NaN;
      for (const [u, v] of probes) {
        const drawn = [0, 1].map((axis) => {
          const [a, b, c, d] = [corner(0, 0, axis), corner(0, 1, axis), corner(1, 0, axis), corner(1, 1, axis)];
          return u + v <= 1 ? a + u * (b - a) + v * (c - a) : d + (1 - u) * (c - d) + (1 - v) * (b - d);
        });
        const gridX = ((column + u) / squares) * cells.nX - 0.5;
        const gridY = ((row + v) / squares) * cells.nY - 0.5;
        largest = Math.max(largest, offsetInCells(cells, [gridX, gridY], [drawn[0] ?? 0, drawn[1] ?? 0]));
      }
    }
  }
  return largest;
}

/** Middles of the edges, of the diagonal and of each triangle. */
const probes: readonly (readonly [number, number])[] = [
  [0.5, 0],
  [0, 0.5],
  [0.5, 0.5],
  [1, 0.5],
  [0.5, 1],
  [0.3, 0.3],
  [0.7, 0.7],
];

function offsetInCells(
  cells: CellPlacement,
  grid: readonly [number, number],
  drawn: readonly [number, number],
): number {
  const [x, y] = toMercator(...cells.toLonLat(grid[0], grid[1]));
  const [xEast, yEast] = toMercator(...cells.toLonLat(grid[0] + 1, grid[1]));
  const [xNorth, yNorth] = toMercator(...cells.toLonLat(grid[0], grid[1] + 1));
  const cell = Math.min(Math.hypot(xEast - x, yEast - y), Math.hypot(xNorth - x, yNorth - y));
  return Math.hypot(drawn[0] - x, drawn[1] - y) / cell;
}
