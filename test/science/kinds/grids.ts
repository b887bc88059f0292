import type { Projection } from "@/lib/geo/grid";
import { projectionOf } from "@/lib/geo/projection";
import { levelHeight } from "@/lib/geo/s-coordinate";
import type { Answer } from "@/test/science/answer";
import type { Given } from "@/test/science/given";

/** Projections and terrain-following levels. */
export const gridKinds: Readonly<Record<string, Answer>> = {
  "wrf-projection": (given) => {
    const plane = projectionOf(projection(given));
    const [u = 0, v = 0] = given.numbers("grid_wind_ms");
    const rows = given.points("points_lon_lat").map(([lon = 0, lat = 0]) => {
      const { x, y } = plane.toPlane(lon, lat);
      const convergence = plane.convergenceDeg(lon);
      const [cosine, sine] = [Math.cos((convergence * Math.PI) / 180), Math.sin((convergence * Math.PI) / 180)];
      return {
        x_m: x,
        y_m: y,
        map_factor: plane.mapFactor(lat),
        convergence_deg: convergence,
        earth_wind_ms: [u * cosine + v * sine, v * cosine - u * sine],
      };
    });
    return { rows };
  },
  "s-coordinate": (given) => {
    const transform = given.number("Vtransform") === 1 ? 1 : 2;
    const c = given.numbers("C");
    const column = { h: given.number("h_m"), zeta: given.number("zeta_m") };
    const stretching = { transform, criticalDepthM: given.number("hc_m") } as const;
    return { z_m: given.numbers("s").map((s, k) => levelHeight(stretching, { s, c: c[k] ?? 0 }, column)) };
  },
};

function projection(given: Given): Projection {
  const shared = {
    trueLat1: given.number("truelat1_deg"),
    standLon: given.number("stand_lon_deg"),
    radiusM: given.number("R_m"),
  };
  const name = given.text("projection");
  if (name === "mercator" || name === "polar") return { name, ...shared };
  if (name !== "lambert") throw new Error(`no projection “${name}”`);
  return { name, ...shared, trueLat2: given.number("truelat2_deg"), lat0: given.number("lat0_deg") };
}
