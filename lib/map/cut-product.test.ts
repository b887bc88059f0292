import { expect, test } from "vitest";
import { lonLatOf } from "@/lib/geo/locate";
import { cutPlane, cutProduct, type ProductCut } from "@/lib/map/cut-product";
import { aLambertGrid, aProduct, aVariable } from "@/test/fixtures/a-product";

const all: ProductCut = { box: null, times: null, variables: null };
const product = aProduct({ variables: [aVariable(), aVariable({ name: "wind" })] });

test("without a wish all published steps are kept, in order", () => {
  const { description, steps, window } = cutProduct(product, [1, 0], all);
  expect(description).toEqual(product);
  expect([steps, window]).toEqual([[0, 1], { i0: 0, j0: 0, nX: 5, nY: 4 }]);
});

test("a box keeps the cells whose centres lie in it, and their numbers", () => {
  const { description, window } = cutProduct(product, [0], {
    ...all,
    box: { west: 14.01, south: 40.505, east: 14.029, north: 90 },
  });
  expect(window).toEqual({ i0: 1, j0: 1, nX: 2, nY: 3 });
  expect(lonLatOf(description.grid, 0, 0)).toEqual(lonLatOf(product.grid, 1, 1));
  const plane = Int16Array.from({ length: 20 }, (_, cell) => cell);
  expect([...cutPlane(plane, 5, window)]).toEqual([6, 7, 11, 12, 16, 17]);
});

test("a box on a projected grid holds every centre that lies in it", () => {
  const lambert = aProduct({ grid: aLambertGrid });
  const box = { west: 14.2, south: 40.5, east: 14.8, north: 41 };
  const { description } = cutProduct(lambert, [0], { ...all, box });
  const count = (grid: typeof description.grid) => {
    let inside = 0;
    for (let cell = 0; cell < grid.nX * grid.nY; cell += 1) {
      const { lon, lat } = lonLatOf(grid, cell % grid.nX, Math.floor(cell / grid.nX));
      if (lon >= box.west && lon <= box.east && lat >= box.south && lat <= box.north) inside += 1;
    }
    return inside;
  };
  expect(count(description.grid)).toBe(count(aLambertGrid));
  expect(count(description.grid)).toBeGreaterThan(2);
});

test("a box may lie across the 180th meridian", () => {
  const grid = { kind: "latlon", nX: 8, nY: 1, lon0: 176.5, lat0: 0, dLon: 1, dLat: 1 } as const;
  const { window } = cutProduct(aProduct({ grid }), [0], {
    ...all,
    box: { west: 179, south: -1, east: -179, north: 1 },
  });
  expect(window).toEqual({ i0: 3, j0: 0, nX: 2, nY: 1 });
});

test("time and variables are kept as asked", () => {
  const times = { from: "2026-07-01T01:30:00Z", to: "2026-07-01T02:00:00Z" };
  const { description, steps } = cutProduct(product, [0, 1], { ...all, times, variables: ["wind"] });
  expect(steps).toEqual([1]);
  expect(description.times).toEqual(["2026-07-01T02:00:00Z"]);
  expect(description.variables.map(({ name }) => name)).toEqual(["wind"]);
});

test.each([
  ["subset-outside-grid", { ...all, box: { west: 0, south: 0, east: 1, north: 1 } }],
  ["subset-outside-times", { ...all, times: { from: "2025-01-01T00:00:00Z", to: "2025-01-02T00:00:00Z" } }],
  ["variable-missing", { ...all, variables: ["pm10"] }],
] as const)("%s is said of %j", (code, cut) => {
  expect(() => cutProduct(product, [0, 1], cut)).toThrow(expect.objectContaining({ code }));
});
