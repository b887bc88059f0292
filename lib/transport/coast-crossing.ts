import { exp } from "@/lib/transport/portable-math";

/**
 * Probability that a diffusing particle touched a straight coast within a step at whose ends it was in the water.
 * Without it a coast that is looked at only at the ends of steps acts as if 0.58 sqrt(2 K dt) farther away.
 * @param before, after  distances from the coast, m, not negative; @param diffusivityM2s  towards it, constant
 * Source: Brownian bridge, exact with a constant current; checked against first-passage.
 */
export function crossingProbability(
  before: number,
  after: number,
  { diffusivityM2s, dt }: { readonly diffusivityM2s: number; readonly dt: number },
): number {
  return diffusivityM2s > 0 ? exp((-before * after) / (diffusivityM2s * dt)) : 0;
}
