export type VerticalStretching = {
  /** ROMS's Vtransform. */
  readonly transform: 1 | 2;
  /** Critical depth hc, m. */
  readonly criticalDepthM: number;
};

/**
 * Height of a terrain-following level over the resting surface, m, negative below it.
 * @param level  s in [-1, 0] and the stretching C(s)
 * @param column  h: depth of the bottom, m, positive; zeta: height of the surface, m
 * Source: ROMS, vertical S-coordinate, transforms 1 and 2; checked against s-coordinate and roms-sample.
 */
export function levelHeight(
  { transform, criticalDepthM: hc }: VerticalStretching,
  level: { readonly s: number; readonly c: number },
  { h, zeta }: { readonly h: number; readonly zeta: number },
): number {
  if (transform === 1) {
    const rest = hc * (level.s - level.c) + h * level.c;
    return rest + zeta * (1 + rest / h);
  }
  return zeta + ((zeta + h) * (hc * level.s + h * level.c)) / (hc + h);
}
