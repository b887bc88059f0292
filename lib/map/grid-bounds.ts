import type { CellPlacement } from "@/lib/map/mesh";

/**
 * The box around a grid with its outer half cells, degrees: west, south, east, north. Found along the rim, where the
 * extremes of every projected grid away from a pole lie.
 */
export function gridBounds(cells: CellPlacement): readonly [number, number, number, number] {
  const { nX, nY } = cells;
  const parts = Array.from({ length: 33 }, (_, index) => index / 32);
  const rim = parts.flatMap((part) => {
    const x = part * nX - 0.5;
    const y = part * nY - 0.5;
    return [cells.toLonLat(x, -0.5), cells.toLonLat(x, nY - 0.5), cells.toLonLat(-0.5, y), cells.toLonLat(nX - 0.5, y)];
  });
  const longitudes = rim.map(([longitude]) => longitude);
  const latitudes = rim.map(([, latitude]) => latitude);
  return [Math.min(...longitudes), Math.min(...latitudes), Math.max(...longitudes), Math.max(...latitudes)];
}
