import type { SeaGrid, SeaWindow } from "@/lib/formats/roms/sea-grid";
import { curvilinearMap } from "@/lib/geo/curvilinear";
import type { LatLonGrid } from "@/lib/geo/grid";

/** A grid of up to this many columns is read whole. */
const wholeColumns = 40_000;
const halo = 2;

/** The part of an ocean grid that a run reads: all of a small one, else the map's box and two cells around it. */
export function seaWindow(grid: SeaGrid, map: LatLonGrid): SeaWindow {
  const { nXi, nEta, lon, lat } = grid;
  if (nXi * nEta <= wholeColumns) return { i0: 0, j0: 0, nX: nXi, nY: nEta };
  const { toIndex } = curvilinearMap({ columns: nXi, rows: nEta, lon, lat });
  const places = Array.from({ length: 17 * 17 }, (_, n) =>
    toIndex(
      map.lon0 + ((n % 17) / 16) * (map.nX - 1) * map.dLon,
      map.lat0 + (Math.trunc(n / 17) / 16) * (map.nY - 1) * map.dLat,
    ),
  ).flatMap((place) => place ?? []);
  const range = (values: readonly number[], length: number) => {
    const low = Math.max(0, Math.floor(Math.min(...values)) - halo);
    return { low, count: Math.min(length - 1, Math.ceil(Math.max(...values)) + halo) - low + 1 };
  };
  const across = range(
    places.map(({ i }) => i),
    nXi,
  );
  const along = range(
    places.map(({ j }) => j),
    nEta,
  );
  return { i0: across.low, j0: along.low, nX: across.count, nY: along.count };
}
