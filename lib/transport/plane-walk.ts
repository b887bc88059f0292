import type { RandomStream } from "@/lib/transport/random-stream";

export type PlaneFlow = {
  /** Mean velocity, m s-1, and diffusivity, m2 s-1, along x and y. */
  readonly uMs: number;
  readonly vMs: number;
  readonly diffusivityXM2s: number;
  readonly diffusivityYM2s: number;
};

/**
 * Random walk in a plane with constant velocity and diffusivity; the spread does not depend on the step. The state of one
 * particle stands in the fields.
 * Checked against random-walk-variance, puff-1d and determinism.
 */
export class PlaneWalk {
  x = 0.5;
  y = 0.5;

  constructor(
    private readonly random: RandomStream,
    private readonly flow: PlaneFlow,
  ) {}

  /** One step of a particle, with the random numbers of that particle and step only. */
  advance(particle: number, step: number, dt: number): void {
    const { random, flow } = this;
    random.seek(particle, step, 0);
    this.x += flow.uMs * dt + Math.sqrt(2 * flow.diffusivityXM2s * dt) * random.normal();
    this.y += flow.vMs * dt + Math.sqrt(2 * flow.diffusivityYM2s * dt) * random.normal();
  }
}
