export type PlumeAt = {
  /** Source, per second (kg/s gives kg m-3), and the constant wind along x, m s-1. */
  readonly sourcePerSecond: number;
  readonly windMs: number;
  readonly diffusivityM2s: number;
  readonly heightM: number;
  /** Receptor on the ground, m: along the wind and across it. */
  readonly x: number;
  readonly y: number;
};

/**
 * Ground concentration of a steady plume with constant, equal diffusivity in all directions and a ground that reflects:
 * the textbook form without diffusion along the wind, per m3; 0 upwind.
 * Source: Roberts (1923); checked against gaussian-plume.
 */
export function slenderPlume({ sourcePerSecond, windMs, diffusivityM2s, heightM, x, y }: PlumeAt): number {
  if (x <= 0) return 0;
  const variance = (2 * diffusivityM2s * x) / windMs;
  return (sourcePerSecond / (Math.PI * windMs * variance)) * Math.exp(-(y * y + heightM * heightM) / (2 * variance));
}

/** The same with diffusion along the wind, which an isotropic random walk has. */
export function plumeWithAxialDiffusion({ sourcePerSecond, windMs, diffusivityM2s, heightM, x, y }: PlumeAt): number {
  const r = Math.sqrt(x * x + y * y + heightM * heightM);
  const decay = Math.exp((-windMs * (r - x)) / (2 * diffusivityM2s));
  return (sourcePerSecond / (2 * Math.PI * diffusivityM2s * r)) * decay;
}
