import { expect, test } from "vitest";
import { crsToLonLat } from "@/lib/geo/crs-to-lon-lat";

// gdaltransform (PROJ 9.1) -s_srs <crs> -t_srs EPSG:4326; 1e-8 degrees are 1 mm.
test.each([
  ["EPSG:32621", 373185, 8286015, -61.287624427114, 74.6220431425298],
  ["EPSG:32660", 803115, 5612085, -178.717847768003, 50.5818534676535],
  ["EPSG:32733", 500000, 4500000, 15, -49.6525429224508],
  ["EPSG:25833", 433267, 4511769, 14.2094522715806, 40.754172374934],
  ["EPSG:32633", 166021, 9329005, -11.5829018750587, 83.3059087615577],
  ["EPSG:3857", 1586000, 4980000, 14.2472804061356, 40.7803695616846],
  ["EPSG:4326", 14.2, 40.7, 14.2, 40.7],
])("%s at %d, %d is where PROJ says", (crs, x, y, lon, lat) => {
  const found = crsToLonLat(crs)?.(x, y);
  expect(Math.abs((found?.lon ?? Number.NaN) - lon)).toBeLessThan(1e-8);
  expect(Math.abs((found?.lat ?? Number.NaN) - lat)).toBeLessThan(1e-8);
});

test.each(["EPSG:32600", "EPSG:32761", "EPSG:26924", "EPSG:2154", "WGS 84 / UTM zone 33N", ""])(
  "%s is not known",
  (crs) => {
    expect(crsToLonLat(crs)).toBeNull();
  },
);
