import { crossingProbability } from "@/lib/transport/coast-crossing";
import { LangevinWalk } from "@/lib/transport/langevin-walk";
import { PlaneWalk } from "@/lib/transport/plane-walk";
import { RandomStream } from "@/lib/transport/random-stream";
import type { Answer } from "@/test/science/answer";
import type { Given } from "@/test/science/given";
import { determinism } from "@/test/science/kinds/determinism";
import { correlation, moments } from "@/test/science/sample-moments";

/** Random walks in a plane and along a line. */
export const walkKinds: Readonly<Record<string, Answer>> = {
  "random-walk-variance": (given) => ({
    runs: given.numbers("dt_s").map((dt) => {
      const { x, y } = walkInPlane(given, { dt, seconds: given.number("duration_s"), ky: given.number("Ky_m2s") });
      const [ofX, ofY] = [moments(x), moments(y)];
      return {
        dt_s: dt,
        mean_m: [ofX.mean, ofY.mean],
        var_m2: [ofX.variance, ofY.variance],
        kurtosis_excess: [ofX.excessKurtosis, ofY.excessKurtosis],
        correlation: correlation(x, y),
      };
    }),
  }),
  "puff-1d": (given) => {
    const [diffusivity, u, t] = [given.number("K_m2s"), given.number("u_ms"), given.number("t_s")];
    const { x } = walkInPlane(given, { dt: given.number("dt_s"), seconds: t, ky: 0 });
    const spread = 4 * diffusivity * t;
    const edges = given.numbers("bin_edges_m");
    return {
      density_per_m: given
        .numbers("x_m")
        .map((at) => Math.exp(-((at - u * t) ** 2) / spread) / Math.sqrt(Math.PI * spread)),
      bin_fraction: edges.slice(1).map((high, bin) => {
        const low = edges[bin] ?? 0;
        return x.filter((one) => one >= low && one < high).length / x.length;
      }),
    };
  },
  "langevin-variance": langevinVariance,
  "first-passage": (given) => ({ beached_fraction: given.rows("rows").map((row, at) => beachedShare(given, row, at)) }),
  determinism,
};

type PlaneRun = { readonly dt: number; readonly seconds: number; readonly ky: number };

function walkInPlane(given: Given, { dt, seconds, ky }: PlaneRun): { x: Float64Array; y: Float64Array } {
  const n = given.number("n");
  const [x, y] = [new Float64Array(n), new Float64Array(n)];
  const walk = new PlaneWalk(new RandomStream(given.number("seed"), 1), {
    uMs: given.number("u_ms"),
    vMs: given.number("v_ms", 0),
    diffusivityXM2s: given.has("Kx_m2s") ? given.number("Kx_m2s") : given.number("K_m2s"),
    diffusivityYM2s: ky,
  });
  const steps = Math.ceil(seconds / dt - 1e-9);
  for (let particle = 0; particle < n; particle += 1) {
    walk.x = 0;
    walk.y = 0;
    for (let step = 0; step < steps; step += 1) walk.advance(particle, step, Math.min(dt, seconds - step * dt));
    x[particle] = walk.x;
    y[particle] = walk.y;
  }
  return { x, y };
}

function langevinVariance(given: Given) {
  const [sigma, scale, dt] = [given.number("sigma_ms"), given.number("TL_s"), given.number("dt_s")];
  const times = given.numbers("t_s");
  const n = given.number("n");
  const random = new RandomStream(given.number("seed"), 1);
  const walk = new LangevinWalk(random, sigma, scale);
  const marks = [...new Set([...times, scale])].sort((a, b) => a - b);
  const places = marks.map(() => new Float64Array(n));
  const [first, atScale, last] = [new Float64Array(n), new Float64Array(n), new Float64Array(n)];
  for (let particle = 0; particle < n; particle += 1) {
    random.seek(particle, 0, 0);
    walk.up = random.normal();
    walk.x = 0;
    first[particle] = walk.up;
    let seconds = 0;
    for (const [at, mark] of marks.entries()) {
      const steps = Math.ceil((mark - seconds) / dt - 1e-9);
      for (let step = 0; step < steps; step += 1) walk.advance(Math.min(dt, mark - seconds - step * dt));
      seconds = mark;
      const place = places[at];
      if (place !== undefined) place[particle] = walk.x;
      if (mark === scale) atScale[particle] = walk.up;
    }
    last[particle] = walk.up * sigma;
  }
  return {
    var_m2: times.map((time) => moments(places[marks.indexOf(time)] ?? []).variance),
    velocity_var_m2s2: moments(last).variance,
    velocity_autocorrelation_at_TL: correlation(first, atScale),
  };
}

function beachedShare(given: Given, row: Given, stream: number): number {
  const n = given.number("n");
  const [distance, current, diffusivity] = [row.number("L_m"), row.number("U_ms"), row.number("K_m2s")];
  const [dt, seconds] = [given.number("dt_s"), row.number("t_s")];
  const random = new RandomStream(given.number("seed"), stream + 1);
  const steps = Math.ceil(seconds / dt - 1e-9);
  const crossing = (before: number, after: number, length: number) =>
    crossingProbability(before, after, { diffusivityM2s: diffusivity, dt: length });
  let beached = 0;
  for (let particle = 0; particle < n; particle += 1) {
    random.seek(particle, 0, 0);
    let place = distance;
    for (let step = 0; step < steps; step += 1) {
      const before = place;
      const length = Math.min(dt, seconds - step * dt);
      place += Math.sqrt(2 * diffusivity * length) * random.normal() - current * length;
      const isFar = before * place > 40 * diffusivity * length;
      if (isFar || (place > 0 && random.uniform() >= crossing(before, place, length))) continue;
      beached += 1;
      break;
    }
  }
  return beached / n;
}
