import { demoSeaDomain } from "@/lib/geo/demo-sea-domain";
import { rasteriseLand } from "@/server/programs/rasterise-land";

const metresPerDegree = 111_195;

/** The gulf as the model sees it: [nY, nX] cells, row 0 in the south. */
export type Basin = {
  readonly nX: number;
  readonly nY: number;
  readonly dxM: number;
  readonly dyM: number;
  readonly lon: Float64Array;
  readonly lat: Float64Array;
  /** 1 in the sea. */
  readonly mask: Uint8Array;
  /** m. */
  readonly depth: Float64Array;
};

/** Depth at the coast, its growth with the distance from it, and the most that is computed, m. */
const coastDepthM = 6;
const slope = 0.014;
const deepestM = 120;

/**
 * The true coast of Natural Earth 1:10m, with a depth that grows with the distance from it: a likeness, no survey. Water
 * that is cut off from the open sea becomes land.
 */
export function buildBasin(): Basin {
  const { nX, nY, lon0, lat0, dLon, dLat } = demoSeaDomain;
  const cells = Array.from({ length: nX * nY }, (_, cell) => cell);
  const lon = Float64Array.from(cells, (cell) => lon0 + (cell % nX) * dLon);
  const lat = Float64Array.from(cells, (cell) => lat0 + Math.trunc(cell / nX) * dLat);
  const land = rasteriseLand(cells.map((cell) => ({ lon: lon[cell] ?? 0, lat: lat[cell] ?? 0 })));
  const mask = connected(land, nX, nY);
  const dyM = dLat * metresPerDegree;
  const dxM = dLon * metresPerDegree * Math.cos(((lat0 + (nY / 2) * dLat) * Math.PI) / 180);
  const coast = cells.filter((cell) => mask[cell] === 0);
  const depth = Float64Array.from(cells, (cell) => {
    const [i, j] = [cell % nX, Math.trunc(cell / nX)];
    const squares = coast.map((at) => (((at % nX) - i) * dxM) ** 2 + ((Math.trunc(at / nX) - j) * dyM) ** 2);
    const distanceM = Math.sqrt(squares.reduce((a, b) => Math.min(a, b), Infinity));
    return Math.min(deepestM, coastDepthM + slope * distanceM);
  });
  return { nX, nY, dxM, dyM, lon, lat, mask, depth };
}

/** Sea that can be reached from the south-western corner. */
function connected(land: Uint8Array, nX: number, nY: number): Uint8Array {
  const mask = new Uint8Array(nX * nY);
  const open = [0];
  mask[0] = 1;
  for (let cell = open.pop(); cell !== undefined; cell = open.pop()) {
    const [i, j] = [cell % nX, Math.trunc(cell / nX)];
    const beside = [
      ...(i > 0 ? [cell - 1] : []),
      ...(i < nX - 1 ? [cell + 1] : []),
      ...(j > 0 ? [cell - nX] : []),
      ...(j < nY - 1 ? [cell + nX] : []),
    ];
    for (const next of beside) {
      if (land[next] === 1 || mask[next] === 1) continue;
      mask[next] = 1;
      open.push(next);
    }
  }
  return mask;
}
