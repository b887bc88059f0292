import { demoDomain } from "@/lib/geo/demo-domain";

/** What the coast means to the wind: distance in metres (positive on land) and a vector that points inland, 0..1 long. */
export type Coast = {
  readonly distanceM: Float32Array;
  readonly inlandX: Float32Array;
  readonly inlandY: Float32Array;
};

/** Distance of every cell from the nearest cell of the other kind, and its smoothed gradient on the grid's axes. */
export function describeCoast(landMask: Uint8Array): Coast {
  const { nX, nY, dX } = demoDomain;
  const shore = shoreCells(landMask);
  const distanceM = Float32Array.from(landMask, (isLand, cell) => {
    const nearest = shore
      .filter((other) => landMask[other] !== isLand)
      .reduce((least, other) => Math.min(least, cellsBetween(cell, other)), nX + nY);
    return (isLand === 1 ? 1 : -1) * (nearest - 0.5) * dX;
  });
  let smooth = distanceM;
  for (let pass = 0; pass < 6; pass += 1) smooth = averageNeighbours(smooth);
  const inlandX = new Float32Array(nX * nY);
  const inlandY = new Float32Array(nX * nY);
  for (let j = 0; j < nY; j += 1)
    for (let i = 0; i < nX; i += 1) {
      const [west, east] = [Math.max(0, i - 1), Math.min(nX - 1, i + 1)];
      const [south, north] = [Math.max(0, j - 1), Math.min(nY - 1, j + 1)];
      const at = (column: number, row: number) => smooth[row * nX + column] ?? 0;
      inlandX[j * nX + i] = (at(east, j) - at(west, j)) / ((east - west) * dX);
      inlandY[j * nX + i] = (at(i, north) - at(i, south)) / ((north - south) * dX);
    }
  return { distanceM, inlandX, inlandY };
}

/** Cells with a neighbour of the other kind. */
function shoreCells(landMask: Uint8Array): readonly number[] {
  const { nX, nY } = demoDomain;
  const cells: number[] = [];
  for (let j = 0; j < nY; j += 1)
    for (let i = 0; i < nX; i += 1) {
      const own = landMask[j * nX + i];
      const isShore =
        (i > 0 && landMask[j * nX + i - 1] !== own) ||
        (i < nX - 1 && landMask[j * nX + i + 1] !== own) ||
        (j > 0 && landMask[(j - 1) * nX + i] !== own) ||
        (j < nY - 1 && landMask[(j + 1) * nX + i] !== own);
      if (isShore) cells.push(j * nX + i);
    }
  return cells;
}

function cellsBetween(one: number, other: number): number {
  const { nX } = demoDomain;
  return Math.hypot((one % nX) - (other % nX), Math.floor(one / nX) - Math.floor(other / nX));
}

function averageNeighbours(values: Float32Array): Float32Array<ArrayBuffer> {
  const { nX, nY } = demoDomain;
  const averaged = new Float32Array(nX * nY);
  for (let j = 0; j < nY; j += 1)
    for (let i = 0; i < nX; i += 1) {
      let sum = 0;
      let count = 0;
      for (let row = Math.max(0, j - 1); row <= Math.min(nY - 1, j + 1); row += 1)
        for (let column = Math.max(0, i - 1); column <= Math.min(nX - 1, i + 1); column += 1) {
          sum += values[row * nX + column] ?? 0;
          count += 1;
        }
      averaged[j * nX + i] = sum / count;
    }
  return averaged;
}
