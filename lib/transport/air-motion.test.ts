import { describe, expect, test } from "vitest";
import { AirMotion } from "@/lib/transport/air-motion";
import { metField } from "@/lib/transport/met-field";
import { metPair } from "@/lib/transport/met-pair";
import { RandomStream } from "@/lib/transport/random-stream";
import { type AnalyticWeather, analyticFrame } from "@/test/fixtures/analytic-frame";

const day = 86_400;
const steadyPair = (weather: Partial<AnalyticWeather>, seconds = day) => {
  const field = metField(analyticFrame(weather));
  return metPair(field, field, { fromSeconds: 0, toSeconds: seconds });
};

describe("the mean wind", () => {
  const centre = 38_000;
  const turn = (2 * Math.PI) / day;
  // A linear field is exact under bilinear interpolation, so what is left is the scheme's own error.
  const rotation = steadyPair({ wind: (x, y) => [-turn * (y - centre), turn * (x - centre), 0] });

  test("carries a particle once around with Heun's known error", () => {
    const motion = new AirMotion(new RandomStream(1, 1), { turbulent: false });
    Object.assign(motion, { x: centre + 4000, y: centre + 3000, z: 500 });
    for (let step = 0; step < 1440; step += 1) motion.advance(rotation, step * 60, step * 60 + 60);
    // solid-rotation-b of the science reference, shifted to this centre: heun_end (8999.94044903, 1000.07994334).
    expect(motion.x - centre).toBeCloseTo(3999.94044903, 1);
    expect(motion.y - centre).toBeCloseTo(3000.07994334, 1);
  });

  test("stays the same motion when the second frame lies on a shifted grid", () => {
    const wind = (x: number, y: number) => [-turn * (y - centre), turn * (x - centre), 0] as const;
    const before = metField(analyticFrame({ wind }));
    const after = metField(analyticFrame({ wind, x0: -12_000, y0: 8000 }));
    const moving = metPair(before, after, { fromSeconds: 0, toSeconds: 3600 });
    const ends = [metPair(before, before, { fromSeconds: 0, toSeconds: 3600 }), moving].map((pair) => {
      const motion = new AirMotion(new RandomStream(1, 1), { turbulent: false });
      Object.assign(motion, { x: centre + 4000, y: centre + 3000, z: 500 });
      for (let step = 0; step < 60; step += 1) motion.advance(pair, step * 60, step * 60 + 60);
      return [motion.x, motion.y];
    });
    const [[xStill = 0, yStill = 0] = [], [xMoving = 0, yMoving = 0] = []] = ends;
    expect(Math.hypot(xStill - xMoving, yStill - yMoving)).toBeLessThan(0.1);
  });

  test("divides a step that would cross more than half a cell", () => {
    const fast = steadyPair({ spacingM: 1000, nX: 80, wind: (x) => [10 + x / 4000, 0, 0] });
    const end = (parts: number) => {
      const motion = new AirMotion(new RandomStream(1, 1), { turbulent: false });
      Object.assign(motion, { x: 20_000, y: 9000, z: 500 });
      for (let part = 0; part < parts; part += 1) motion.advance(fast, (part * 60) / parts, ((part + 1) * 60) / parts);
      return motion.x;
    };
    // Two parts by the rule: u dt / dX = 0.9 > 0.5. The exact end is (20 + 40) e^(60/4000) - 40 km.
    const exact = 60_000 * Math.exp(60 / 4000) - 40_000;
    expect(end(1)).toBeCloseTo(end(2), 3);
    expect(Math.abs(end(1) - exact)).toBeLessThan(0.01);
  });

  test("follows the logarithmic law through the 10 m wind near the ground", () => {
    const sheared = steadyPair({ wind: (_x, _y, z) => [z < 15 ? 5 : 8, 0, 0] });
    const speedAt = (z: number) => {
      const motion = new AirMotion(new RandomStream(1, 1), { turbulent: false });
      Object.assign(motion, { x: 30_000, y: 30_000, z });
      motion.advance(sheared, 0, 10);
      return (motion.x - 30_000) / 10;
    };
    expect(speedAt(10)).toBeCloseTo(5, 3);
    expect(speedAt(1)).toBeCloseTo((5 * Math.log(1 / 0.1)) / Math.log(10 / 0.1), 3);
    expect(speedAt(0.05)).toBe(0);
  });
});
