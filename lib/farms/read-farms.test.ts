import { expect, test } from "vitest";
import { readFarms } from "@/lib/farms/read-farms";

const square = (lon: number, lat: number, side = 0.002) => [
  [lon, lat],
  [lon + side, lat],
  [lon + side, lat + side],
  [lon, lat + side],
];

test("a polygon, and one with a hole, are farms of the area that is left", () => {
  const [whole] = readFarms({ type: "Polygon", coordinates: [square(14.1, 40.8)] });
  expect(whole).toMatchObject({ name: "farm 1", depthM: 3 });
  const [holed] = readFarms({
    type: "Feature",
    properties: { name: "Lucrino", depth: 2 },
    geometry: { type: "Polygon", coordinates: [square(14.1, 40.8), square(14.1005, 40.8005, 0.001)] },
  });
  expect(holed).toMatchObject({ name: "Lucrino", depthM: 2, rings: [{ length: 4 }, { length: 4 }] });
});

test.each([
  ["4,000 rings", Array.from({ length: 4000 }, (_, n) => [square(14 + n * 1e-4, 40.8).slice(0, 3)]), /4000 rings/],
  ["140,000 positions", [[Array.from({ length: 140_000 }, (_, n) => [14 + n * 1e-6, 40.8])]], /140000 positions/],
])("a farm of %s is refused before its geometry is looked at", (_, coordinates, problem) => {
  expect(() => readFarms({ type: "MultiPolygon", coordinates })).toThrow(
    expect.objectContaining({ code: "farm-invalid", fields: { farm: "-", problem: expect.stringMatching(problem) } }),
  );
});
