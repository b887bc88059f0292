import { expect, test } from "vitest";
import { isolines } from "@/lib/formats/vector/isolines";
import type { NodeField } from "@/lib/formats/vector/node-field";

const fieldOf = (nX: number, nY: number, value: (x: number, y: number) => number): NodeField => ({
  nX,
  nY,
  values: Float64Array.from({ length: nX * nY }, (_, at) => value(at % nX, Math.floor(at / nX))),
});

test("a slope's isoline is one straight line from rim to rim, exactly where the value is", () => {
  const [line, ...others] = isolines(
    fieldOf(5, 4, (x) => 10 * x),
    25,
  );
  expect(others).toEqual([]);
  expect(line?.map(([x]) => x)).toEqual([2.5, 2.5, 2.5, 2.5]);
  // Higher values, in the east, lie on the left: the line goes south.
  expect(line?.map(([, y]) => y)).toEqual([3, 2, 1, 0]);
});

test("a hill's isoline is closed and runs against the clock around it", () => {
  const hill = fieldOf(41, 41, (x, y) => 20 - Math.hypot(x - 20, y - 20));
  const [line = [], ...others] = isolines(hill, 8.3);
  expect(others).toEqual([]);
  expect(line[0]).toEqual(line.at(-1));
  for (const [x, y] of line) expect(Math.hypot(x - 20, y - 20)).toBeCloseTo(11.7, 1);
  const area = line
    .slice(1)
    .reduce((sum, [x, y], at) => sum + ((line[at]?.[0] ?? 0) * y - x * (line[at]?.[1] ?? 0)) / 2, 0);
  expect(area / (Math.PI * 11.7 ** 2)).toBeCloseTo(1, 2);
});

test("no line runs along the rim of the data, nor around a missing value", () => {
  const flat = fieldOf(6, 6, (x, y) => (x === 2 && y === 3 ? Number.NaN : 7));
  expect(isolines(flat, 7)).toEqual([]);
  expect(isolines(flat, 6)).toEqual([]);
});

test("a line that meets a missing value ends there", () => {
  const lines = isolines(
    fieldOf(7, 7, (x, y) => (x === 3 && y === 3 ? Number.NaN : x)),
    2.5,
  );
  expect(lines.map((line) => line.map(([, y]) => y))).toEqual([
    [2, 1, 0],
    [6, 5, 4],
  ]);
});

test("a level that is the value of nodes is followed through them", () => {
  const [line, ...others] = isolines(
    fieldOf(5, 3, (x) => x),
    2,
  );
  expect([line, others]).toEqual([
    [
      [2, 2],
      [2, 1],
      [2, 0],
    ],
    [],
  ]);
});
