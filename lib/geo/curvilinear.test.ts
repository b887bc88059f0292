import { expect, test } from "vitest";
import { curvilinearMap } from "@/lib/geo/curvilinear";

const [columns, rows] = [70, 90];

test("a turned grid across the 180th meridian gives every index back to 1e-6", () => {
  const map = curvilinearMap(turnedGrid());
  for (let n = 0; n < 5000; n += 1) {
    const i = (n * 0.618_033_988_75 * 7) % (columns - 1);
    const j = (n * 0.414_213_562_37 * 11) % (rows - 1);
    const { lon, lat } = map.toLonLat(i, j);
    const back = map.toIndex(lon, lat);
    expect(Math.abs((back?.i ?? Number.NaN) - i)).toBeLessThan(1e-6);
    expect(Math.abs((back?.j ?? Number.NaN) - j)).toBeLessThan(1e-6);
  }
});

test("a place far outside has no index", () => {
  expect(curvilinearMap(turnedGrid()).toIndex(20, -60)).toBeNull();
});

/** 2 km cells, turned by 35 degrees and slightly curved. */
function turnedGrid() {
  const lon = new Float64Array(columns * rows);
  const lat = new Float64Array(columns * rows);
  for (let at = 0; at < lon.length; at += 1) {
    const [i, j] = [at % columns, Math.floor(at / columns)];
    const [x, y] = [0.02 * i + 1e-5 * j * j, 0.018 * j - 1e-5 * i * i];
    const east = 179.5 + 0.82 * x - 0.57 * y;
    lon[at] = east > 180 ? east - 360 : east;
    lat[at] = 41 + 0.57 * x + 0.82 * y;
  }
  return { columns, rows, lon, lat };
}
