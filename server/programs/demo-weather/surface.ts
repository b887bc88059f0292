import type { DayCycle } from "@/server/programs/demo-weather/day-cycle";
import { type Domain, nZ } from "@/server/programs/demo-weather/domain";
import type { MassPointWind } from "@/server/programs/demo-weather/wind";

/** Fields at the ground, [y, x], SI. */
export type Surface = {
  readonly t2K: Float32Array;
  readonly heatFlux: Float32Array;
  readonly u10: Float32Array;
  readonly v10: Float32Array;
  readonly frictionVelocity: Float32Array;
  readonly boundaryLayerM: Float32Array;
};

/**
 * Temperature, fluxes and boundary layer from the day's cycle, the ground and the wind. Land warms and cools with
 * distance from the sea; the sea keeps its temperature. Wind at 10 m by the log law from the lowest level. Boundary
 * layer: the mixed layer by day, shallower where sea air comes in; by night and over the sea from the wind.
 * @param lowest  wind at the lowest mass level after mass was balanced, on mass points
 */
export function surfaceFields(domain: Domain, day: DayCycle, lowest: MassPointWind): Surface {
  const field = () => new Float32Array(domain.mass.length);
  const surface = {
    t2K: field(),
    heatFlux: field(),
    u10: field(),
    v10: field(),
    frictionVelocity: field(),
    boundaryLayerM: field(),
  };
  for (let cell = 0; cell < domain.mass.length; cell += 1) {
    const isLand = domain.landMask[cell] === 1;
    const distance = domain.coast.distanceM[cell] ?? 0;
    const inland = isLand ? 1 - 0.6 * Math.exp(-distance / 8_000) : 0.15;
    const seaLevelK = (isLand ? day.seasonK : day.seaK) + inland * day.landWarmthK;
    surface.t2K[cell] = seaLevelK - 0.0065 * (domain.terrainM[cell] ?? 0);
    const heatFlux = isLand ? day.landHeatFlux : 10;
    const wind = windAt10m(domain, lowest, { cell, heatFlux });
    surface.heatFlux[cell] = heatFlux;
    surface.u10[cell] = wind.u;
    surface.v10[cell] = wind.v;
    surface.frictionVelocity[cell] = wind.frictionVelocity;
    const speed = Math.hypot(wind.u, wind.v);
    const fromWind = isLand
      ? Math.min(450, Math.max(80, 700 * wind.frictionVelocity))
      : Math.min(900, 250 + 45 * speed);
    const seaAir = Math.min(1, Math.max(0, day.breeze / 4)) * Math.exp(-distance / 15_000);
    surface.boundaryLayerM[cell] = Math.max(fromWind, isLand ? day.mixedLayerM * (1 - 0.7 * seaAir) : 0);
  }
  return surface;
}

function windAt10m(
  { roughnessM, levelM, mass }: Domain,
  lowest: MassPointWind,
  { cell, heatFlux }: { readonly cell: number; readonly heatFlux: number },
): { u: number; v: number; frictionVelocity: number } {
  const roughness = roughnessM[cell] ?? 0.01;
  const lowestM = ((levelM[cell + mass.length] ?? 0) - (levelM[cell] ?? 0)) / 2;
  const log10 = Math.log((10 + roughness) / roughness);
  const share = log10 / Math.log((lowestM + roughness) / roughness);
  const [u, v] = [(lowest.u[cell] ?? 0) * share, (lowest.v[cell] ?? 0) * share];
  const stability = heatFlux > 0 ? 1 + 0.15 * Math.min(1, heatFlux / 300) : 0.75;
  return { u, v, frictionVelocity: Math.max(0.03, (0.4 * Math.hypot(u, v) * stability) / log10) };
}

/** Wind of the lowest level on mass points from the staggered points. */
export function lowestOnMassPoints(u: Float32Array, v: Float32Array, size: { nX: number; nY: number }): MassPointWind {
  const { nX, nY } = size;
  const at = (field: Float32Array, one: number, other: number) => ((field[one] ?? 0) + (field[other] ?? 0)) / 2;
  const cells = nX * nY;
  if (u.length !== nZ * (nX + 1) * nY) throw new RangeError(`u holds ${u.length} values`);
  return {
    u: Float32Array.from({ length: cells }, (_, cell) => {
      const west = cell + Math.floor(cell / nX);
      return at(u, west, west + 1);
    }),
    v: Float32Array.from({ length: cells }, (_, cell) => at(v, cell, cell + nX)),
  };
}
