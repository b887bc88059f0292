import { normalsAtOnce, type RandomStream } from "@/lib/transport/random-stream";
import type { Turbulence } from "@/lib/transport/turbulence";

/** Particles below this height deposit: twice the reference height of 15 m. */
export const depositionLayerM = 30;

/**
 * The vertical walk of one particle inside the boundary layer through one step: Langevin with density correction, in
 * sub-steps. A sub-step is half a drift, the turbulence at that midpoint, the other half: with the turbulence at its start
 * the lowest twentieth of the layer becomes 7-10 % too dense. The decay is exact, exp(-dt/T).
 *
 * What goes in and out stands in the fields, because a number that crosses a call which is not inlined costs an
 * allocation. Source: Thomson (1987); Stohl and Thomson (1999) for the density term; FLEXPART for the step lengths.
 * Checked by test/science (well-mixed profiles).
 */
export class VerticalWalk {
  /** Height above ground, m, and turbulent velocity over its standard deviation. */
  z = 0.5;
  wp = 0.5;
  /** Mean wind upwards, m s-1; length of the step, s; top of the layer, m; (1/rho) d(rho)/dz, 1/m. */
  w = 0.5;
  dt = 0.5;
  topM = 0.5;
  densitySlope = 0.5;
  /** Seconds of the last walk that were spent below `depositionLayerM`, and the number of sub-steps of all walks. */
  lowSeconds = 0.5;
  subSteps = 0;

  constructor(
    private readonly random: RandomStream,
    private readonly turbulence: Turbulence,
  ) {}

  /** Walks through `dt`; the turbulence must know the column. */
  run(): void {
    const { turbulence, random, w, topM, densitySlope } = this;
    const { normals } = random;
    const perHalfTop = 2 / topM;
    let { z, wp, dt: left } = this;
    let low = 0;
    let steps = 0;
    turbulence.z = z;
    turbulence.fillVertical();
    let gradient = Math.abs(turbulence.sigmaWGradient);
    let known = gradient + 0.5 * turbulence.rateW + Math.abs(gradient - 0.5 * turbulence.rateW);
    while (left > 1e-3) {
      // A tenth of the shortest of T, h / (2 |w'|) and 1 / (2 |d(sigma)/dz|), in rates: one division. Twice the larger of
      // two numbers is their sum and distance; Math.max is a branch here that no processor foresees.
      const crossing = Math.abs(wp) * turbulence.sigmaW * perHalfTop;
      const rate = 0.5 * (known + crossing + Math.abs(known - crossing));
      const step = Math.min(Math.max(0.1 / rate, 1), left);
      if (z < depositionLayerM) low += step;
      z += 0.5 * step * (w + wp * turbulence.sigmaW);
      if (z < 0 || z > topM) {
        z = z < 0 ? Math.min(-z, topM) : Math.max(0, 2 * topM - z);
        wp = -wp;
      }
      turbulence.z = z;
      turbulence.fillVertical();
      if (random.usedNormals === normalsAtOnce) random.fillNormals();
      const noise = normals[random.usedNormals] ?? 0;
      random.usedNormals += 1;
      gradient = Math.abs(turbulence.sigmaWGradient);
      known = gradient + 0.5 * turbulence.rateW + Math.abs(gradient - 0.5 * turbulence.rateW);
      // Neither a step of 1 s nor a tenth of T is more than a tenth of T, so short series give (1 - exp(-x)) / x to 2e-9 and
      // the root of 1 - exp(-2 x) to 4e-8; the root of x does not wait for them.
      const x = step * turbulence.rateW;
      const squared = x * x;
      const part = 1 - 0.5 * x + squared * (1 / 6 - x * (1 / 24) + squared * (1 / 120));
      const spread = 1 - 0.5 * x + squared * (5 / 24 - 0.0625 * x + squared * (79 / 5760));
      const kick = Math.sqrt(2 * x) * noise * spread;
      const sigma = turbulence.sigmaW;
      const drift = turbulence.sigmaWGradient + sigma * densitySlope;
      wp = wp - wp * x * part + drift * step * part + kick;
      z += 0.5 * step * (w + wp * sigma);
      if (z < 0 || z > topM) {
        z = z < 0 ? Math.min(-z, topM) : Math.max(0, 2 * topM - z);
        wp = -wp;
      }
      left -= step;
      steps += 1;
    }
    this.z = z;
    this.wp = wp;
    this.lowSeconds = low;
    this.subSteps += steps;
  }
}
