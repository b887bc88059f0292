import type { ProjectedGrid } from "@/lib/geo/grid";
import { locate } from "@/lib/geo/locate";
import { projectionOf } from "@/lib/geo/projection";
import type { Fire } from "@/lib/transport/fire-release";
import { fireSource } from "@/lib/transport/fire-source";
import { type FuelClass, fuels } from "@/lib/transport/fuel";

/**
 * The fire that a request describes, on the plane of the weather grid: it burns for its fuel's hours, or for the length
 * of the run when that is shorter, at a constant rate.
 */
export function fireOfRequest(
  request: {
    readonly lat: number;
    readonly lon: number;
    readonly hours: number;
    readonly areaHa: number;
    readonly fuel: FuelClass;
  },
  grid: ProjectedGrid,
): Fire {
  const fuel = fuels[request.fuel];
  const durationSeconds = Math.min(fuel.burningHours, request.hours) * 3600;
  const source = fireSource({
    areaHa: request.areaHa,
    consumedKgPerM2: fuel.consumedKgPerM2.mean,
    emissionGramsPerKg: fuel.pm25GramsPerKg.mean,
    durationSeconds,
  });
  const { i, j } = locate(grid, request.lon, request.lat);
  const [x, y] = [grid.x0 + i * grid.dX, grid.y0 + j * grid.dY];
  const radiusM = Math.sqrt((request.areaHa * 10_000) / Math.PI) * projectionOf(grid.projection).mapFactor(request.lat);
  return {
    x,
    y,
    ground: { kind: "disc", x, y, radiusM },
    emittedKg: source.emittedKg,
    durationSeconds,
    radiativePowerWatts: source.radiativePowerWatts,
    flamingShare: fuel.flamingShare,
    profile: "constant",
  };
}
