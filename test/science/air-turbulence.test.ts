import { describe, expect, test } from "vitest";
import { AirMotion } from "@/lib/transport/air-motion";
import { metField } from "@/lib/transport/met-field";
import { metPair } from "@/lib/transport/met-pair";
import { RandomStream } from "@/lib/transport/random-stream";
import { type AnalyticWeather, analyticFrame } from "@/test/fixtures/analytic-frame";

const day = 86_400;

describe("turbulence in a Hanna profile with density", () => {
  const bins = 20;
  const count = 20_000;
  const regimes = [
    { name: "neutral", weather: { friction: 0.45, heatFlux: 0, layerTopM: 900 } },
    { name: "unstable", weather: { friction: 0.35, heatFlux: 120, layerTopM: 1400 } },
  ];

  test.each(regimes)("a well-mixed $name layer stays well mixed within 5 %", ({ weather }) => {
    const layers = layersAfter2h(weather, true);
    expect(worstOf(layers)).toBeLessThan(0.05);
    expect(Math.abs(tiltOf(layers))).toBeLessThan(0.02);
  });

  test("a layer loses its mixing when the density term is left out", () => {
    expect(tiltOf(layersAfter2h({ friction: 0.35, heatFlux: 120, layerTopM: 1400 }, false))).toBeGreaterThan(0.02);
  });

  /** Largest departure from uniform, minus the counting noise of 2 sd. */
  const worstOf = (layers: Float64Array) =>
    Math.max(...layers.map((n) => Math.abs((n * bins) / count - 1))) - 2 * Math.sqrt(bins / count);

  /** How much more lies in the upper half than belongs there; the counting noise is 0.007. */
  const tiltOf = (layers: Float64Array) => (2 * layers.subarray(bins / 2).reduce((sum, n) => sum + n, 0)) / count - 1;

  /** Particles in 20 layers of equal air mass, from the bottom, after 2 h. */
  function layersAfter2h(weather: Partial<AnalyticWeather>, withDensity: boolean): Float64Array {
    const frame = analyticFrame({ ...weather, nX: 4, nY: 4, spacingM: 100_000 });
    const still = withDensity ? frame : { ...frame, densityKgPerM3: frame.densityKgPerM3.map(() => 1.2) };
    const field = metField(still);
    const pair = metPair(field, field, { fromSeconds: 0, toSeconds: day });
    const top = weather.layerTopM ?? 900;
    const whole = 1 - Math.exp(-top / 8500);
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
    return layers;
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
