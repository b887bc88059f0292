import { NereusError } from "@/lib/errors";
import { type FarmArea, farmAreaM2, farmBounds, isInFarm } from "@/lib/farms/farm-area";
import type { SeaGrid } from "@/lib/formats/roms/sea-grid";
import { curvilinearMap } from "@/lib/geo/curvilinear";
import type { Outfall } from "@/lib/outfalls/outfall";

/** The way from places to cells of an ocean grid and what lies there. */
export type SeaPlaces = {
  /** Index of the sea cell of an outfall; it may be moved to the nearest one that is `moveM` away or less. */
  ofOutfall(outfall: Outfall, moveM: number): { readonly x: number; readonly y: number; readonly movedM: number };
  /** Share of a farm's area that is sea, its size and depth. */
  ofFarm(farm: FarmArea): FarmInSea;
};

export type FarmInSea = { readonly seaAreaM2: number; readonly depthM: number; readonly x: number; readonly y: number };

/** Points of a farm that are looked at along each axis. */
const farmPoints = 24;
/** Cells around an outfall on land that are searched for sea. */
const searchCells = 12;

/**
 * Places of a run on its grid.
 * @throws (from the calls) place-outside-sea, outfall-on-land with the distance of the nearest sea, farm-on-land
 */
export function seaPlaces(grid: SeaGrid): SeaPlaces {
  const { nXi, nEta, lon, lat, mask } = grid;
  const map = curvilinearMap({ columns: nXi, rows: nEta, lon, lat });
  const find = (name: string, at: { lon: number; lat: number }) => {
    const index = map.toIndex(at.lon, at.lat);
    if (index !== null && index.i >= 0 && index.j >= 0 && index.i <= nXi - 1 && index.j <= nEta - 1) return index;
    throw outside(name, grid);
  };
  const isSea = (i: number, j: number) => mask[Math.round(j) * nXi + Math.round(i)] === 1;
  return {
    ofOutfall(outfall, moveM) {
      const { i, j } = find(outfall.name, outfall);
      if (isSea(i, j)) return { x: i, y: j, movedM: 0 };
      const nearest = nearestSea(grid, i, j);
      if (nearest !== null && nearest.movedM <= moveM) return nearest;
      const { name, lon: outfallLon, lat: outfallLat } = outfall;
      const nearestM = nearest === null ? -1 : Math.ceil(nearest.movedM);
      throw new NereusError("outfall-on-land", { outfall: name, lat: outfallLat, lon: outfallLon, nearestM });
    },
    ofFarm(farm) {
      const { west, east, south, north } = farmBounds(farm.rings);
      let [inside, wet, depth, x, y] = [0, 0, 0, 0, 0];
      for (let n = 0; n < farmPoints * farmPoints; n += 1) {
        const at = {
          lon: west + (((n % farmPoints) + 0.5) / farmPoints) * (east - west),
          lat: south + ((Math.trunc(n / farmPoints) + 0.5) / farmPoints) * (north - south),
        };
        if (!isInFarm(farm.rings, at.lon, at.lat)) continue;
        inside += 1;
        const { i, j } = find(farm.name, at);
        if (!isSea(i, j)) continue;
        wet += 1;
        depth += grid.h[Math.round(j) * nXi + Math.round(i)] ?? 0;
        x += i;
        y += j;
      }
      if (wet === 0) throw new NereusError("farm-on-land", { farm: farm.name });
      return { seaAreaM2: (farmAreaM2(farm.rings) * wet) / inside, depthM: depth / wet, x: x / wet, y: y / wet };
    },
  };
}

function nearestSea(grid: SeaGrid, i: number, j: number) {
  let best: { x: number; y: number; movedM: number } | null = null;
  for (let y = Math.round(j) - searchCells; y <= Math.round(j) + searchCells; y += 1)
    for (let x = Math.round(i) - searchCells; x <= Math.round(i) + searchCells; x += 1) {
      if (x < 1 || y < 1 || x > grid.nXi - 2 || y > grid.nEta - 2 || grid.mask[y * grid.nXi + x] !== 1) continue;
      const [east, north] = [(x - i) / (grid.pm[y * grid.nXi + x] ?? 1), (y - j) / (grid.pn[y * grid.nXi + x] ?? 1)];
      const movedM = Math.hypot(east, north);
      if (best === null || movedM < best.movedM) best = { x, y, movedM };
    }
  return best;
}

function outside(place: string, { lon, lat }: SeaGrid): NereusError {
  const round = (value: number) => Math.round(value * 1000) / 1000;
  const low = (values: Float64Array) => round(values.reduce((a, b) => Math.min(a, b), Infinity));
  const high = (values: Float64Array) => round(values.reduce((a, b) => Math.max(a, b), -Infinity));
  const bounds = { south: low(lat), north: high(lat), west: low(lon), east: high(lon) };
  return new NereusError("place-outside-sea", { place, ...bounds });
}
