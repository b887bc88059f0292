/** Where the plume spreads: open country or town. */
export const dispersionTables = ["rural", "urban"] as const;
export type DispersionTable = (typeof dispersionTables)[number];

/** sigma_y = a x (1 + b x)^-1/2 and sigma_z = c x (1 + d x)^e, x in m. */
type Curve = { readonly a: number; readonly b: number; readonly c: number; readonly d: number; readonly e: number };

const rural: Readonly<Record<string, Curve>> = {
  A: { a: 0.22, b: 1e-4, c: 0.2, d: 0, e: 0 },
  B: { a: 0.16, b: 1e-4, c: 0.12, d: 0, e: 0 },
  C: { a: 0.11, b: 1e-4, c: 0.08, d: 2e-4, e: -0.5 },
  D: { a: 0.08, b: 1e-4, c: 0.06, d: 1.5e-3, e: -0.5 },
  E: { a: 0.06, b: 1e-4, c: 0.03, d: 3e-4, e: -1 },
  F: { a: 0.04, b: 1e-4, c: 0.016, d: 3e-4, e: -1 },
};
const urban: Readonly<Record<string, Curve>> = {
  "A-B": { a: 0.32, b: 4e-4, c: 0.24, d: 1e-3, e: 0.5 },
  C: { a: 0.22, b: 4e-4, c: 0.2, d: 0, e: 0 },
  D: { a: 0.16, b: 4e-4, c: 0.14, d: 3e-4, e: -0.5 },
  "E-F": { a: 0.11, b: 4e-4, c: 0.08, d: 1.5e-3, e: -0.5 },
};
const tables: Readonly<Record<DispersionTable, Readonly<Record<string, Curve>>>> = { rural, urban };

/**
 * Standard deviations of a plume across the wind and upward, m, at a distance of 100 m to 10 km.
 * @param stability  Pasquill class; in towns A and B, E and F share a curve and may be named alone or together
 * @returns null for a class that the table does not hold
 * Source: Briggs (1973), "Diffusion estimation for small emissions"; checked against briggs-sigma.
 */
export function briggsSpread(
  table: DispersionTable,
  stability: string,
  distanceM: number,
): { readonly sigmaYM: number; readonly sigmaZM: number } | null {
  const curves = tables[table];
  const name = Object.keys(curves).find((key) => key === stability || key.split("-").includes(stability));
  const curve = name === undefined ? undefined : curves[name];
  if (curve === undefined) return null;
  const { a, b, c, d, e } = curve;
  return {
    sigmaYM: (a * distanceM) / Math.sqrt(1 + b * distanceM),
    sigmaZM: c * distanceM * (1 + d * distanceM) ** e,
  };
}
