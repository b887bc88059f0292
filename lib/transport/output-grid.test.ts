import { expect, test } from "vitest";
import { outputGrid } from "@/lib/transport/output-grid";

const domain = { south: 38, north: 43, west: 11, east: 18 };
const cellM = (grid: { dLat: number }) => grid.dLat * 111_177;

test.each([
  [1000, 24],
  [5000, 24],
  [10_000, 72],
  [200, 6],
  [25_000, 3],
])(
  "weather at %d m and %d h give cells of 0.3 to 0.5 of the spacing, at most 300, all inside the domain",
  (metSpacingM, hours) => {
    const grid = outputGrid({ lat: 40.85, lon: 14.27, hours, metSpacingM, bounds: domain });
    expect(cellM(grid)).toBeGreaterThanOrEqual(Math.max(99.9, 0.299 * metSpacingM));
    expect(cellM(grid)).toBeLessThanOrEqual(Math.max(100.1, 0.501 * metSpacingM));
    expect(Math.max(grid.nX, grid.nY)).toBeLessThanOrEqual(300);
    expect(grid.lat0 - grid.dLat / 2).toBeGreaterThanOrEqual(domain.south - 1e-9);
    expect(grid.lon0 - grid.dLon / 2).toBeGreaterThanOrEqual(domain.west - 1e-9);
    expect(grid.lat0 + (grid.nY - 0.5) * grid.dLat).toBeLessThanOrEqual(domain.north + 1e-9);
    expect(grid.lon0 + (grid.nX - 0.5) * grid.dLon).toBeLessThanOrEqual(domain.east + 1e-9);
  },
);

test("a fire near a corner keeps its grid inside the domain and the fire inside the grid", () => {
  const grid = outputGrid({ lat: 38.05, lon: 17.95, hours: 24, metSpacingM: 1000, bounds: domain });
  expect(Math.abs((38.05 - grid.lat0) / grid.dLat)).toBeLessThan(grid.nY);
  expect((17.95 - grid.lon0) / grid.dLon).toBeLessThan(grid.nX);
  expect(grid.lon0 + (grid.nX - 0.5) * grid.dLon).toBeLessThanOrEqual(domain.east + 1e-9);
});

test("a domain across the 180th meridian is no wider than it is", () => {
  const grid = outputGrid({
    lat: -18,
    lon: -179.5,
    hours: 24,
    metSpacingM: 4000,
    bounds: { south: -21, north: -15, west: 176, east: -176 },
  });
  expect(grid.nX * grid.dLon).toBeLessThanOrEqual(8);
});
