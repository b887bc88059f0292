/** Velocity gradients, 1/s: du/dx, du/dy, dv/dx, dv/dy. */
export type Strain = { readonly ux: number; readonly uy: number; readonly vx: number; readonly vy: number };

/** Lowest and highest horizontal diffusivity of the sea, m2 s-1. */
const lowestM2s = 0.1;
const highestM2s = 100;

/**
 * Horizontal diffusivity that the unresolved eddies of a grid stand for, m2 s-1: Cs^2 dx dy |strain|. Solid rotation
 * gives 0.
 * @param coefficient  Cs, 0.05 to 0.2
 * Source: Smagorinsky (1963); checked against smagorinsky.
 */
export function smagorinskyDiffusivity(
  { ux, uy, vx, vy }: Strain,
  { dXM, dYM, coefficient = 0.1 }: { readonly dXM: number; readonly dYM: number; readonly coefficient?: number },
): number {
  return coefficient * coefficient * dXM * dYM * Math.sqrt(ux * ux + vy * vy + 0.5 * (uy + vx) * (uy + vx));
}

/** The same between a floor and a cap. */
export function limitedDiffusivity(m2s: number, floorM2s = lowestM2s, capM2s = highestM2s): number {
  return Math.min(Math.max(m2s, floorM2s), capM2s);
}
