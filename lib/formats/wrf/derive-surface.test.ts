import { expect, test } from "vitest";
import { boundaryLayerHeight, frictionVelocity, type SurfaceInputs } from "@/lib/formats/wrf/derive-surface";

test("friction velocity follows the log law, rougher on land", () => {
  const column = { ...aColumn(() => 300), u10: Float64Array.of(3), v10: Float64Array.of(4) };
  expect(frictionVelocity({ ...column, landMask: Uint8Array.of(1) })[0]).toBeCloseTo(2 / Math.log(100), 12);
  expect(frictionVelocity({ ...column, landMask: Uint8Array.of(0) })[0]).toBeCloseTo(2 / Math.log(50_000), 12);
});

test("a mixed layer under an inversion ends between the levels around the inversion", () => {
  const column = aColumn((height) => (height <= 1000 ? 300 : 300 + 0.05 * (height - 1000)));
  const top = boundaryLayerHeight(column, Float64Array.of(0.3))[0] ?? 0;
  expect(top).toBeGreaterThan(950);
  expect(top).toBeLessThan(1050);
});

test("in a calm, stable layer the height is where the Richardson number reaches 0.25", () => {
  // Calm: only 100 u*2 stands below, so 9.81 / 300 * 0.01 z'^2 = 0.25 * 100 * 0.1^2 with z' above the lowest level.
  const column = aColumn((height) => 300 + 0.01 * height);
  // Linear between levels 100 m apart: a parabola is missed by 25 m at most.
  const wanted = 50 + Math.sqrt((0.25 * 100 * 0.01 * 300.5) / (9.81 * 0.01));
  expect(Math.abs((boundaryLayerHeight(column, Float64Array.of(0.1))[0] ?? 0) - wanted)).toBeLessThan(25);
});

test("a column that is mixed to its top ends there", () => {
  expect(
    boundaryLayerHeight(
      aColumn(() => 300),
      Float64Array.of(0.3),
    ),
  ).toEqual(Float64Array.of(2950));
});

/** One column of 30 levels, 100 m apart from 50 m on, without wind. */
function aColumn(theta: (heightM: number) => number): SurfaceInputs {
  const heightMass = Float64Array.from({ length: 30 }, (_, k) => 50 + 100 * k);
  return {
    nX: 1,
    nY: 1,
    u: new Float64Array(60),
    v: new Float64Array(60),
    u10: new Float64Array(1),
    v10: new Float64Array(1),
    landMask: new Uint8Array(1),
    heightMass,
    virtualTheta: heightMass.map(theta),
  };
}
