/** The water column around a particle that carries sigma = (z - zeta) / (h + zeta), -1 at the bottom, 0 at the surface. */
export type SigmaColumn = {
  /** Depth of the bottom and height of the surface, m. */
  readonly h: number;
  readonly zeta: number;
  /** D(zeta)/Dt and D(h)/Dt following the horizontal flow, m s-1. */
  readonly surfaceRiseMs: number;
  readonly bottomRateMs: number;
};

/**
 * d(sigma)/dt of a particle that moves with true vertical velocity w, 1/s. A moving surface then pushes no particle out.
 * @param w  m s-1, upward (not ROMS's omega)
 * Source: chain rule on sigma; checked against moving-surface.
 */
export function sigmaRate(sigma: number, w: number, column: SigmaColumn): number {
  const { h, zeta, surfaceRiseMs, bottomRateMs } = column;
  return (w - (1 + sigma) * surfaceRiseMs - sigma * bottomRateMs) / (h + zeta);
}
