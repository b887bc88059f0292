import fc from "fast-check";
import { expect, test } from "vitest";
import type { GridDescription } from "@/lib/geo/grid";
import { lonLatOf } from "@/lib/geo/locate";
import { gridTransform } from "@/lib/map/grid-transform";
import type { Packing } from "@/lib/map/product";
import { cellAt, drawnInteger, publishedValue } from "@/lib/map/sample-field";

const packing: Packing = { dtype: "int16", scale: 0.1, offset: 0, fill: -32768 };
const latLon: GridDescription = { kind: "latlon", nX: 211, nY: 187, lon0: 13.1, lat0: 39.7, dLon: 0.012, dLat: 0.0091 };
const lambert: GridDescription = {
  kind: "projected",
  nX: 180,
  nY: 160,
  x0: -268_500,
  y0: -238_500,
  dX: 3000,
  dY: 3000,
  projection: { name: "lambert", trueLat1: 40, trueLat2: 42, standLon: 14, lat0: 41, radiusM: 6_370_000 },
};

test.each([
  ["a regular grid", latLon],
  ["a Lambert grid", lambert],
])("10,000 probes on %s give the published value of the cell that holds them", (_, grid) => {
  const transform = gridTransform(grid);
  const source = Float64Array.from({ length: grid.nX * grid.nY }, (_, at) => 20 * Math.sin(at / 71) + at / 5000);
  const field = Int16Array.from(source, (value, at) =>
    at % 97 === 0 ? packing.fill : Math.round(value / packing.scale),
  );
  let read = 0;
  for (let probe = 0; probe < 10_000; probe++) {
    const cell = { x: (probe * 7919) % grid.nX, y: (probe * 104_729) % grid.nY };
    // Anywhere in the cell but within a thousandth of its edge, where rounding decides.
    const offset = { x: (((probe * 31) % 998) - 499) / 1000, y: (((probe * 57) % 998) - 499) / 1000 };
    const { lon, lat } = lonLatOf(grid, cell.x + offset.x, cell.y + offset.y);
    const found = cellAt(grid, ...transform.toIndex(lon, lat));
    expect(found).toEqual(cell);
    const at = cell.y * grid.nX + cell.x;
    const value = found && publishedValue(field, grid, { cell: found, packing });
    if (at % 97 === 0) expect(value).toBeNull();
    else {
      expect(Math.abs((value ?? Number.NaN) - (source[at] ?? 0))).toBeLessThanOrEqual(packing.scale / 2 + 1e-9);
      read += 1;
    }
  }
  expect(read).toBeGreaterThan(9_000);
});

test("a position outside the outer half cell is in no cell", () => {
  const size = { nX: 4, nY: 3 };
  expect(cellAt(size, -0.51, 1)).toBeNull();
  expect(cellAt(size, 3.51, 1)).toBeNull();
  expect(cellAt(size, 1, 2.51)).toBeNull();
  expect(cellAt(size, Number.NaN, 1)).toBeNull();
  expect(cellAt(size, 3.49, 2.49)).toEqual({ x: 3, y: 2 });
});

test("values are written as the published step says, without binary dust", () => {
  const field = Int16Array.of(3, 7, 1234, -32768);
  const values = [0, 1, 2, 3].map((x) => publishedValue(field, { nX: 4, nY: 1 }, { cell: { x, y: 0 }, packing }));
  expect(values).toEqual([0.3, 0.7, 123.4, null]);
});

test("the drawn field never mixes fill in and stays between its valid neighbours", () => {
  const cells = fc.array(fc.option(fc.integer({ min: -500, max: 500 }), { freq: 3 }), { minLength: 9, maxLength: 9 });
  const place = fc.double({ min: 0, max: 2, noNaN: true });
  fc.assert(
    fc.property(cells, place, place, (values, gridX, gridY) => {
      const field = Int16Array.from(values, (value) => value ?? packing.fill);
      const drawn = drawnInteger(field, { nX: 3, nY: 3 }, { gridX, gridY, fill: packing.fill });
      if (drawn === null) return true;
      const around = [0, 1].flatMap((up) =>
        [0, 1].map((right) => values[Math.min(2, Math.floor(gridY) + up) * 3 + Math.min(2, Math.floor(gridX) + right)]),
      );
      const valid = around.filter((value) => typeof value === "number");
      return drawn >= Math.min(...valid) - 1e-9 && drawn <= Math.max(...valid) + 1e-9;
    }),
  );
});

test.each([
  { gridX: 0.4, gridY: 0, drawn: 10 },
  { gridX: 0.6, gridY: 0, drawn: null },
  { gridX: -0.4, gridY: 0, drawn: 10 },
  { gridX: -0.6, gridY: 0, drawn: null },
])("beside a masked cell the field is drawn while half of the weight is valid: x $gridX", ({ gridX, gridY, drawn }) => {
  const field = Int16Array.of(10, -32768);
  const found = drawnInteger(field, { nX: 2, nY: 1 }, { gridX, gridY, fill: -32768 });
  expect(found === null ? null : Math.round(found * 1e9) / 1e9).toBe(drawn);
});
