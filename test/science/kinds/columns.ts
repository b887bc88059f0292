import { ColumnWalk, type ColumnWalkOptions } from "@/lib/transport/column-walk";
import { followPath } from "@/lib/transport/follow-path";
import { formulaProfile, type MixingProfile } from "@/lib/transport/mixing-profile";
import { exp } from "@/lib/transport/portable-math";
import { RandomStream } from "@/lib/transport/random-stream";
import { layerDepositionRate } from "@/lib/transport/removal";
import { sigmaRate } from "@/lib/transport/sigma-motion";
import type { Answer } from "@/test/science/answer";
import type { Given } from "@/test/science/given";
import { groundProfile, parabola } from "@/test/science/mixing-of-case";
import { histogram } from "@/test/science/sample-moments";

/** Walks in one column. */
export const columnKinds: Readonly<Record<string, Answer>> = {
  "well-mixed": (given) => {
    const runs = given.numbers("dt_s").map((dt) => {
      const z = uniformStart(given);
      walkAll(z, given, { profile: parabola(given), seconds: given.number("duration_s"), dt });
      const counts = histogram(z, given.number("H_m"), given.number("bins"));
      return { dt_s: dt, bin_relative_density: counts.map((count) => (count * counts.length) / z.length) };
    });
    return { runs };
  },
  "well-mixed-ground": (given) => {
    const height = given.number("H_m");
    const z = uniformStart(given);
    walkAll(z, given, { profile: groundProfile(given), seconds: given.number("duration_s"), dt: 60, share: 1 / 70 });
    const below = (top: number) => (z.filter((one) => one < top).length * height) / (top * z.length);
    return { relative_density_lowest_50_m: below(50), relative_density_lowest_10_m: below(10) };
  },
  "column-spread": (given) => {
    const height = given.number("H_m");
    const z = gaussianStart(given);
    let from = 0;
    const times = given.numbers("t_s").map((t) => {
      walkAll(z, given, { profile: parabola(given), seconds: t - from, dt: given.number("dt_s"), from });
      from = t;
      const mass = histogram(z, height, given.number("bins")).map((count) => count / z.length);
      return { t_s: t, bin_mass: mass, mean_m: z.reduce((sum, one) => sum + one, 0) / z.length };
    });
    return { times };
  },
  "settling-equilibrium": (given) => {
    const height = given.number("H_m");
    const z = uniformStart(given);
    const diffusivity = given.number("K_m2s");
    const profile = formulaProfile(
      height,
      () => diffusivity,
      () => 0,
    );
    const drift = -given.number("ws_ms");
    walkAll(z, given, { profile, seconds: given.number("spin_up_s"), dt: given.number("dt_s"), drift });
    const fractions = histogram(z, height, given.number("bins")).map((count) => count / z.length);
    return { bin_fraction: fractions, mean_height_m: z.reduce((sum, one) => sum + one, 0) / z.length };
  },
  "deposition-finite-k": depositionFiniteK,
  "moving-surface": movingSurface,
};

function uniformStart(given: Given): Float64Array {
  const n = given.number("n");
  return Float64Array.from({ length: n }, (_, i) => (given.number("H_m") * (i + 0.5)) / n);
}

function gaussianStart(given: Given): Float64Array {
  const [height, z0, sigma] = [given.number("H_m"), given.number("z0_m"), given.number("sigma_m")];
  const random = new RandomStream(given.number("seed"), 2);
  return Float64Array.from({ length: given.number("n") }, (_, particle) => {
    random.seek(particle, 0, 0);
    let z = z0 + sigma * random.normal();
    while (z < 0 || z > height) z = z0 + sigma * random.normal();
    return z;
  });
}

type Walk = {
  readonly profile: MixingProfile;
  readonly seconds: number;
  readonly dt: number;
  readonly from?: number;
  readonly drift?: number;
  /** Spread of a sub-step as a share of the column. */
  readonly share?: number;
};

/** Walks all particles, in place, in steps of `dt` at most. */
function walkAll(
  heights: Float64Array,
  given: Given,
  { profile, seconds, dt, from = 0, drift = 0, share = 1 / 40 }: Walk,
): void {
  const random = new RandomStream(given.number("seed"), 1);
  const options: ColumnWalkOptions = { longestM: profile.heightM * share, driftMs: drift };
  const walk = new ColumnWalk(profile, random, options);
  const steps = Math.ceil(seconds / dt - 1e-9);
  for (let particle = 0; particle < heights.length; particle += 1) {
    walk.z = heights[particle] ?? 0;
    random.seek(particle, from, 0);
    for (let step = 0; step < steps; step += 1) walk.advance(Math.min(dt, seconds - step * dt));
    heights[particle] = walk.z;
  }
}

function depositionFiniteK(given: Given) {
  const [height, diffusivity] = [given.number("H_m"), given.number("K_m2s")];
  const particles = 20_000;
  const layer = Math.min(height / 50, 10);
  const rate = layerDepositionRate(given.number("vd_ms"), layer, diffusivity);
  const profile = formulaProfile(
    height,
    () => diffusivity,
    () => 0,
  );
  const random = new RandomStream(1, 1);
  const walk = new ColumnWalk(profile, random, { longestM: height / 40, lowLayerM: layer });
  const times = given.numbers("t_s");
  const kept = times.map(() => 0);
  for (let particle = 0; particle < particles; particle += 1) {
    walk.z = (height * (particle + 0.5)) / particles;
    let mass = 1;
    let step = 0;
    for (const [at, time] of times.entries()) {
      for (; step * 60 < time; step += 1) {
        random.seek(particle, step, 0);
        walk.advance(60);
        mass *= exp(-rate * walk.lowSeconds);
      }
      kept[at] = (kept[at] ?? 0) + mass / particles;
    }
  }
  return { remaining_fraction: kept };
}

/** No diffusion: particles are material in sigma, whatever the surface does. */
function movingSurface(given: Given) {
  const [depth, amplitude] = [given.number("H_m"), given.number("amplitude_m")];
  const omega = (2 * Math.PI) / given.number("period_s");
  const end = given.number("duration_s");
  const surface = (t: number) => amplitude * Math.sin(omega * t);
  const rise = (t: number) => amplitude * omega * Math.cos(omega * t);
  const follow = (sigma: number) => {
    const [moved = 0] = followPath(
      ([s = 0], t) => {
        const zeta = surface(t);
        const z = zeta + s * (depth + zeta);
        const w = (rise(t) * (z + depth)) / (depth + zeta);
        return [sigmaRate(s, w, { h: depth, zeta, surfaceRiseMs: rise(t), bottomRateMs: 0 })];
      },
      [sigma],
      { scheme: "rk4", fromSeconds: 0, toSeconds: end, stepSeconds: given.number("dt_s") },
    );
    return moved;
  };
  const n = given.number("n");
  const starts = Array.from({ length: n }, (_, particle) => (particle + 0.5) / n - 1);
  const ends = starts.map(follow);
  return {
    sigma_change_max: Math.max(...ends.map((sigma, at) => Math.abs(sigma - (starts[at] ?? 0)))),
    particles_outside: ends.filter((sigma) => sigma < -1 || sigma > 0).length,
    probe_z_end_m: given.numbers("probe_z_m").map((z) => surface(end) + follow(z / depth) * (depth + surface(end))),
  };
}
