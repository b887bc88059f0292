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

describe("turbulence in a Hanna profile with density", () => {
  const bins = 20;
  const regimes = [
    { name: "neutral", weather: { friction: 0.45, heatFlux: 0, layerTopM: 900 } },
    { name: "unstable", weather: { friction: 0.35, heatFlux: 120, layerTopM: 1400 } },
  ];

  test.each(regimes)("a well-mixed $name layer stays well mixed within 5 %", ({ weather }) => {
    expect(worstLayer(weather, true)).toBeLessThan(0.05);
  });

  test("a layer loses its mixing when the density term is left out", () => {
    expect(worstLayer({ friction: 0.35, heatFlux: 120, layerTopM: 1400 }, false)).toBeGreaterThan(0.05);
  });

  /** Largest departure of 20 layers of equal air mass from uniform after 2 h, minus the counting noise of 2 sd. */
  function worstLayer(weather: Partial<AnalyticWeather>, withDensity: boolean): number {
    const frame = analyticFrame({ ...weather, nX: 4, nY: 4, spacingM: 100_000 });
    const still = withDensity ? frame : { ...frame, densityKgPerM3: frame.densityKgPerM3.map(() => 1.2) };
    const field = metField(still);
    const pair = metPair(field, field, { fromSeconds: 0, toSeconds: day });
    const top = weather.layerTopM ?? 900;
    const whole = 1 - Math.exp(-top / 8500);
    const count = 20_000;
    const layers = new Float64Array(bins);
    const random = new RandomStream(11, 1);
    const motion = new AirMotion(random);
    for (let particle = 0; particle < count; particle += 1) {
      random.seek(particle, 1_000_000, 0);
      motion.x = 150_000;
      motion.y = 150_000;
      motion.z = -8500 * Math.log(1 - ((particle + 0.5) / count) * whole);
      motion.up = random.normal();
      motion.vp = random.normal();
      motion.wp = random.normal();
      for (let step = 0; step < 120; step += 1) {
        random.seek(particle, step, 0);
        motion.advance(pair, step * 60, step * 60 + 60);
      }
      const layer = Math.min(bins - 1, Math.trunc(((1 - Math.exp(-motion.z / 8500)) / whole) * bins));
      layers[layer] = (layers[layer] ?? 0) + 1;
    }
    const noise = 2 * Math.sqrt(bins / count);
    return Math.max(...layers.map((n) => Math.abs((n * bins) / count - 1))) - noise;
  }
});

test("the spread of homogeneous turbulence follows Taylor's formula", () => {
  // Unstable: sigma_u and T_u do not depend on height. Along the wind of 5 m/s after one hour.
  const frame = analyticFrame({ friction: 0.35, heatFlux: 120, layerTopM: 1400, nX: 40, spacingM: 4000 });
  const field = metField({ ...frame, u: frame.u.map(() => 5), u10: frame.u10.map(() => 5) });
  const pair = metPair(field, field, { fromSeconds: 0, toSeconds: day });
  const random = new RandomStream(3, 1);
  const motion = new AirMotion(random);
  const count = 20_000;
  const sums = [0, 0];
  for (let particle = 0; particle < count; particle += 1) {
    random.seek(particle, 1_000_000, 0);
    Object.assign(motion, {
      x: 40_000,
      y: 40_000,
      z: 700,
      up: random.normal(),
      vp: random.normal(),
      wp: random.normal(),
    });
    for (let step = 0; step < 60; step += 1) {
      random.seek(particle, step, 0);
      motion.advance(pair, step * 60, step * 60 + 60);
    }
    const away = motion.y - 40_000;
    sums[0] = (sums[0] ?? 0) + away / count;
    sums[1] = (sums[1] ?? 0) + (away * away) / count;
  }
  const friction = 0.35;
  const flux = 120 / (1.2 * Math.exp(-10.8 / 8500) * 1005);
  const inverseObukhov = (-0.4 * 9.81 * flux) / (300 * friction ** 3);
  const sigma = friction * Math.cbrt(12 - 0.5 * 1400 * inverseObukhov) + 0.01;
  const scale = (0.15 * 1400) / sigma;
  const taylor = 2 * sigma ** 2 * scale * (3600 - scale * (1 - Math.exp(-3600 / scale)));
  const variance = (sums[1] ?? 0) - (sums[0] ?? 0) ** 2;
  // 4 standard errors of a variance and 4 % for steps of 60 s against a time scale of about 120 s.
  expect(Math.abs(variance / taylor - 1)).toBeLessThan(4 * Math.sqrt(2 / count) + 0.04);
});
