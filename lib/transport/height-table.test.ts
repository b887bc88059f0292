import { expect, test } from "vitest";
import { decayOf, firstRow, inverseRise, rowShift, twoThirdsPower } from "@/lib/transport/height-table";

test.each([
  { name: "x to 2/3", table: twoThirdsPower, exact: (x: number) => Math.cbrt(x) ** 2 },
  { name: "1 / (1 - exp(-5 x))", table: inverseRise, exact: (x: number) => -1 / Math.expm1(-5 * x) },
  { name: "exp(-x)", table: decayOf, exact: (x: number) => Math.exp(-x) },
])("the cubics give $name to 2e-7", ({ table, exact }) => {
  const float = new Float32Array(1);
  const bits = new Int32Array(float.buffer);
  let worst = 0;
  for (let x = 1e-5; x < 1.99; x *= 1.0007) {
    float[0] = x;
    const row = (((bits[0] ?? 0) >> rowShift) - firstRow) * 4;
    const [c0 = 0, c1 = 0, c2 = 0, c3 = 0] = table.subarray(row, row + 4);
    worst = Math.max(worst, Math.abs((c0 + x * c1 + x * x * (c2 + x * c3)) / exact(x) - 1));
  }
  expect(worst).toBeLessThan(2e-7);
  expect(worst).toBeGreaterThan(0);
});
