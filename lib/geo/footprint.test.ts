import { expect, test } from "vitest";
import { crsToLonLat, type ToLonLat } from "@/lib/geo/crs-to-lon-lat";
import { footprintOf } from "@/lib/geo/footprint";

const plain: ToLonLat = (lon, lat) => ({ lon, lat });
const box = (west: number, south: number, east: number, north: number) => (u: number, v: number) =>
  [west + u * (east - west), north - v * (north - south)] as const;

test("a box in degrees is its own footprint, counter-clockwise and closed", () => {
  const footprint = footprintOf(box(10, 40, 12, 41), plain);
  expect(footprint?.bbox).toEqual([10, 40, 12, 41]);
  const [ring = []] = footprint?.geometry.type === "Polygon" ? footprint.geometry.coordinates : [];
  expect(ring[0]).toEqual(ring.at(-1));
  const area = ring.slice(1).reduce((sum, [x, y], index) => {
    const [lastX, lastY] = ring[index] ?? [0, 0];
    return sum + (lastX * y - x * lastY) / 2;
  }, 0);
  expect(area).toBeCloseTo(2, 9);
});

test("a raster across the antimeridian is cut into two, and its box begins in the east", () => {
  const utm60 = crsToLonLat("EPSG:32660") ?? plain;
  const footprint = footprintOf(box(570585, 5612085, 803115, 5847615), utm60);
  const [west = 0, , east = 0] = footprint?.bbox ?? [];
  expect([west > 177, east < -178, east > -179]).toEqual([true, true, true]);
  const parts = footprint?.geometry.type === "MultiPolygon" ? footprint.geometry.coordinates : [];
  const spans = parts.map(([ring = []]) => [Math.min(...ring.map(([x]) => x)), Math.max(...ring.map(([x]) => x))]);
  expect(spans.map(([from = 0, to = 0]) => [Math.sign(from), Math.sign(to)])).toEqual([
    [1, 1],
    [-1, -1],
  ]);
  expect([spans[0]?.[1], spans[1]?.[0]]).toEqual([180, -180]);
});

test("a place that is nowhere on the globe has no footprint", () => {
  expect(footprintOf(box(0, 0, 1, 1), () => ({ lon: Number.NaN, lat: 0 }))).toBeNull();
});
