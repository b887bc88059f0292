import { expect, test } from "vitest";
import { curvilinearModelGrid } from "@/lib/geo/curvilinear-model-grid";
import { type GridDescription, wrfEarthRadiusM } from "@/lib/geo/grid";
import { lonLatOf } from "@/lib/geo/locate";
import { regularModelGrid } from "@/lib/geo/regular-model-grid";

const latLon = { kind: "latlon", nX: 30, nY: 20, lon0: 170, lat0: 45, dLon: 0.5, dLat: -0.25 } as const;
const lambert = {
  kind: "projected",
  nX: 30,
  nY: 20,
  projection: { name: "lambert", trueLat1: 30, trueLat2: 60, standLon: 14, lat0: 41, radiusM: wrfEarthRadiusM },
  x0: 200_000,
  y0: -50_000,
  dX: 5_000,
  dY: 4_000,
} as const;

/** The same grid told by the places of its centres alone. */
function asCurvilinear(grid: GridDescription) {
  const places = Array.from({ length: grid.nX * grid.nY }, (_, at) =>
    lonLatOf(grid, at % grid.nX, Math.floor(at / grid.nX)),
  );
  const bare = { mask: null, metrics: null, angle: null, vertical: null };
  const [lon, lat] = [places.map((one) => one.lon), places.map((one) => one.lat)];
  return curvilinearModelGrid({ columns: grid.nX, rows: grid.nY, lon, lat }, bare);
}

test.each([latLon, lambert])(
  "a $kind grid and its centres alone agree on places, indices, metrics and angle",
  (given) => {
    const [regular, curved] = [regularModelGrid(given), asCurvilinear(given)];
    for (const [i, j] of [
      [0, 0],
      [3.25, 17.5],
      [28.9, 0.1],
      [14, 9],
    ] as const) {
      const place = regular.toLonLat(i, j);
      expect(regular.locate(place.lon, place.lat)?.i).toBeCloseTo(i, 8);
      expect(regular.locate(place.lon, place.lat)?.j).toBeCloseTo(j, 8);
      expect(curved.locate(place.lon, place.lat)?.i).toBeCloseTo(i, 3);
      expect(curved.locate(place.lon, place.lat)?.j).toBeCloseTo(j, 3);
      // The sphere of WRF and the ellipsoid differ by a third of a percent.
      expect(curved.metric(i, j).perMetreX / regular.metric(i, j).perMetreX).toBeCloseTo(1, 2);
      expect(curved.metric(i, j).perMetreY / regular.metric(i, j).perMetreY).toBeCloseTo(1, 2);
      expect(curved.angle(i, j)).toBeCloseTo(regular.angle(i, j), 2);
    }
  },
);

test("a place far outside has no index, and a cell outside is not active", () => {
  for (const grid of [regularModelGrid(latLon), asCurvilinear(latLon)]) {
    expect(grid.locate(10, 45)).toBeNull();
    expect(grid.isActive(0, 0)).toBe(true);
    expect(grid.isActive(-1, 0)).toBe(false);
    expect(grid.isActive(0, 20)).toBe(false);
  }
});

test("what the file knows of mask, metrics and angle is what the grid answers", () => {
  const places = { columns: 2, rows: 2, lon: [10, 11, 10, 11], lat: [40, 40, 41, 41] };
  const metrics = { pm: [1e-3, 3e-3, 1e-3, 3e-3], pn: [2e-3, 2e-3, 4e-3, 4e-3] };
  const grid = curvilinearModelGrid(places, {
    mask: [1, 0, 1, 1],
    metrics,
    angle: [0.1, 0.3, 0.1, 0.3],
    vertical: null,
  });
  expect(grid.metric(0.5, 0.5)).toEqual({ perMetreX: 2e-3, perMetreY: 3e-3 });
  expect(grid.angle(0.5, 0)).toBeCloseTo(0.2, 12);
  expect([grid.isActive(0, 0), grid.isActive(1, 0), grid.isActive(0.6, 0.2)]).toEqual([true, false, false]);
});
