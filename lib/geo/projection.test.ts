import { describe, expect, test } from "vitest";
import type { ProjectedGrid, Projection } from "@/lib/geo/grid";
import { cellCorner, locate, lonLatOf } from "@/lib/geo/locate";
import { projectionOf } from "@/lib/geo/projection";
import cases from "@/test/science/cases/wrf-projection.json" with { type: "json" };

for (const { title, given, checks } of cases.cases)
  test(`${given.projection} agrees with PROJ: ${title}`, () => {
    const { toPlane, mapFactor, convergenceDeg } = projectionOf(aProjection(given));
    const rows = given.points_lon_lat.map(([lon = 0, lat = 0]) => {
      const { x, y } = toPlane(lon, lat);
      const [u = 0, v = 0] = given.grid_wind_ms;
      const angle = (convergenceDeg(lon) * Math.PI) / 180;
      const [c, s] = [Math.cos(angle), Math.sin(angle)];
      return {
        x_m: x,
        y_m: y,
        map_factor: mapFactor(lat),
        convergence_deg: convergenceDeg(lon),
        earth_wind_ms: [u * c + v * s, v * c - u * s],
      };
    });
    for (const { path, expect: wanted, ...allowed } of checks) {
      const got: unknown = path.split(".").reduce<unknown>((at, key) => Object(at)[key], { rows });
      const [values, wants] = [[got].flat(), [wanted].flat()];
      wants.forEach((want, k) => {
        const tolerance =
          ("abs" in allowed ? (allowed.abs ?? 0) : 0) + ("rel" in allowed ? (allowed.rel ?? 0) : 0) * want;
        expect(Math.abs(Number(values[k]) - want), path).toBeLessThanOrEqual(Math.abs(tolerance));
      });
    }
  });

const sphere = { radiusM: 6_370_000 };
const projections: Projection[] = [
  { name: "lambert", trueLat1: 30, trueLat2: 60, standLon: 14, lat0: 41, ...sphere },
  { name: "lambert", trueLat1: 41, trueLat2: 41, standLon: 14, lat0: 41, ...sphere },
  { name: "lambert", trueLat1: -30, trueLat2: -60, standLon: 14, lat0: -40, ...sphere },
  { name: "mercator", trueLat1: 20, standLon: 14, ...sphere },
  { name: "polar", trueLat1: 60, standLon: 14, ...sphere },
  { name: "polar", trueLat1: -60, standLon: 14, ...sphere },
];

describe.each(projections)("on $name with true latitude $trueLat1", (projection) => {
  const south = projection.trueLat1 < 0 ? -1 : 1;
  const { toPlane, toLonLat, mapFactor } = projectionOf(projection);

  test("a place comes back from the plane", () => {
    for (const lon of [-20, 0, 13.9, 14, 40, 100]) {
      for (const lat of [5, 30, 41, 75].map((one) => one * south)) {
        const { x, y } = toPlane(lon, lat);
        const back = toLonLat(x, y);
        expect(back.lon).toBeCloseTo(lon, 9);
        expect(back.lat).toBeCloseTo(lat, 9);
      }
    }
  });

  test("the map factor is the stretching of a short step north", () => {
    const lat = 38 * south;
    const [a, b] = [toPlane(17, lat - 1e-4), toPlane(17, lat + 1e-4)];
    const plane = Math.hypot(b.x - a.x, b.y - a.y);
    expect(plane / (projection.radiusM * 2e-4 * (Math.PI / 180))).toBeCloseTo(mapFactor(lat), 6);
  });

  test("grid indices come back from longitude and latitude", () => {
    const middle = toPlane(14, 41 * south);
    const grid: ProjectedGrid = {
      kind: "projected",
      nX: 40,
      nY: 30,
      projection,
      x0: middle.x,
      y0: middle.y,
      dX: 3000,
      dY: 3000,
    };
    const { lon, lat } = lonLatOf(grid, 12.25, 7.5);
    expect(locate(grid, lon, lat).i).toBeCloseTo(12.25, 6);
    expect(locate(grid, lon + 360, lat).j).toBeCloseTo(7.5, 6);
    const corner = cellCorner(grid, 3, 4);
    expect(locate(grid, corner.lon, corner.lat).i).toBeCloseTo(2.5, 6);
  });
});

test("a Mercator domain across the cut of its plane stays in one piece", () => {
  const projection: Projection = { name: "mercator", trueLat1: 0, standLon: 0, ...sphere };
  const west = projectionOf(projection).toPlane(179, 0);
  const grid: ProjectedGrid = {
    kind: "projected",
    nX: 50,
    nY: 10,
    projection,
    x0: west.x,
    y0: 0,
    dX: 10_000,
    dY: 10_000,
  };
  expect(locate(grid, -179.5, 0).i).toBeCloseTo((1.5 * Math.PI * 6_370_000) / 180 / 10_000, 6);
});

test("a regular grid is found from either side of the date line", () => {
  const grid = { kind: "latlon", nX: 20, nY: 10, lon0: 175, lat0: -10, dLon: 1, dLat: 2 } as const;
  expect(locate(grid, -175, -6)).toEqual({ i: 10, j: 2 });
  expect(lonLatOf(grid, 10, 2)).toEqual({ lon: -175, lat: -6 });
});

function aProjection(given: (typeof cases.cases)[number]["given"]): Projection {
  const shared = { trueLat1: given.truelat1_deg, standLon: given.stand_lon_deg, radiusM: given.R_m };
  if (given.projection === "lambert")
    return { name: "lambert", trueLat2: given.truelat2_deg, lat0: given.lat0_deg, ...shared };
  return { name: given.projection === "polar" ? "polar" : "mercator", ...shared };
}
