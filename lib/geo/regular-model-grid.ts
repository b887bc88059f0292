import { degreesPerSecond } from "@/lib/geo/earth-radii";
import type { GridDescription } from "@/lib/geo/grid";
import { locate, lonLatOf } from "@/lib/geo/locate";
import type { ModelGrid, VerticalCoordinate } from "@/lib/geo/model-grid";
import { projectionOf } from "@/lib/geo/projection";

/**
 * A grid regular in degrees or on a projection. A negative step (rows from north to south) is as good as a positive one.
 * Metrics are those of the WGS 84 ellipsoid, or of the projection's own sphere.
 */
export function regularModelGrid(grid: GridDescription, vertical: VerticalCoordinate | null = null): ModelGrid {
  const { nX, nY } = grid;
  return {
    ...{ kind: grid.kind, nX, nY, vertical },
    locate(lon, lat) {
      const { i, j } = locate(grid, lon, lat);
      return i >= -1 && j >= -1 && i <= nX && j <= nY ? { i, j } : null;
    },
    toLonLat: (i, j) => lonLatOf(grid, i, j),
    metric(i, j) {
      const { lat } = lonLatOf(grid, i, j);
      if (grid.kind === "projected") {
        const factor = projectionOf(grid.projection).mapFactor(lat);
        return { perMetreX: factor / grid.dX, perMetreY: factor / grid.dY };
      }
      const [east, north] = degreesPerSecond(lat, 1, 1);
      return { perMetreX: east / Math.abs(grid.dLon), perMetreY: north / Math.abs(grid.dLat) };
    },
    angle(i, j) {
      if (grid.kind === "latlon") return 0;
      return (-projectionOf(grid.projection).convergenceDeg(lonLatOf(grid, i, j).lon) * Math.PI) / 180;
    },
    isActive: (i, j) => i >= -0.5 && j >= -0.5 && i <= nX - 0.5 && j <= nY - 0.5,
  };
}
