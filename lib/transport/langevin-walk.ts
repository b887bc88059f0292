import { exp } from "@/lib/transport/portable-math";
import type { RandomStream } from "@/lib/transport/random-stream";

/**
 * Langevin walk in homogeneous turbulence along one axis: half a drift, the velocity's exact decay over the step, half a
 * drift. The state of one particle stands in the fields.
 * Source: Taylor (1921), Thomson (1987); checked against langevin-variance.
 */
export class LangevinWalk {
  /** Displacement, m, and velocity over its standard deviation. */
  x = 0.5;
  up = 0.5;
  private dt = Number.NaN;
  private decay = Number.NaN;
  private kick = Number.NaN;

  constructor(
    private readonly random: RandomStream,
    private readonly sigmaMs: number,
    private readonly timeScaleSeconds: number,
  ) {}

  advance(dt: number): void {
    if (dt !== this.dt) {
      this.dt = dt;
      this.decay = exp(-dt / this.timeScaleSeconds);
      this.kick = Math.sqrt(1 - this.decay * this.decay);
    }
    const half = 0.5 * dt * this.sigmaMs;
    const before = this.up;
    this.up = before * this.decay + this.kick * this.random.normal();
    this.x += half * (before + this.up);
  }
}
