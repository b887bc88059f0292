import type { DayCycle } from "@/server/programs/demo-weather/day-cycle";
import { type Domain, nZ } from "@/server/programs/demo-weather/domain";
import type { Synoptic } from "@/server/programs/demo-weather/synoptic";

/** Wind on mass points along the grid's axes, m s-1, [nZ, y, x], before mass is balanced. */
export type MassPointWind = { readonly u: Float32Array; readonly v: Float32Array };

/** Depth of the layer that feels the ground, m. */
const frictionLayerM = 1_000;

/**
 * The wind as designed: the large scale, slowed and turned by friction, plus the breeze with its return flow.
 * Friction: log profile below 1 km, turned towards low pressure by 25 degrees over land and 12 over sea; over land at
 * night the profile is steeper. Breeze: inland by day (700 m deep), seaward by night (250 m), strongest at the coast.
 */
export function windOnMassPoints(domain: Domain, synoptic: Synoptic, day: DayCycle): MassPointWind {
  const cells = domain.mass.length;
  const u = new Float32Array(nZ * cells);
  const v = new Float32Array(nZ * cells);
  for (let cell = 0; cell < cells; cell += 1) {
    const heights = columnHeights(domain, cell);
    const breeze = breezeProfile(domain, { cell, heights, day });
    const place = domain.mass[cell] ?? { sinAlpha: 0, cosAlpha: 1 };
    const isLand = domain.landMask[cell] === 1;
    const stable = isLand && day.landHeatFlux <= 0;
    const roughness = domain.roughnessM[cell] ?? 0.01;
    const fullLog = Math.log((frictionLayerM + roughness) / roughness);
    const gridU = synoptic.eastward * place.cosAlpha + synoptic.northward * place.sinAlpha;
    const gridV = synoptic.northward * place.cosAlpha - synoptic.eastward * place.sinAlpha;
    const turnAtGround = ((isLand ? 25 : 12) * Math.PI) / 180;
    for (let k = 0; k < nZ; k += 1) {
      const height = heights[k] ?? 0;
      const profile = Math.min(1, Math.log((height + roughness) / roughness) / fullLog);
      const aloft = 1 + 0.06 * Math.max(0, height / 1_000 - 1);
      const speed = (stable ? profile ** 1.5 : profile) * aloft;
      const turn = turnAtGround * Math.max(0, 1 - height / frictionLayerM);
      const at = k * cells + cell;
      const along = breeze[k] ?? 0;
      u[at] = speed * (gridU * Math.cos(turn) - gridV * Math.sin(turn)) + along * (domain.coast.inlandX[cell] ?? 0);
      v[at] = speed * (gridV * Math.cos(turn) + gridU * Math.sin(turn)) + along * (domain.coast.inlandY[cell] ?? 0);
    }
  }
  return { u, v };
}

/** Heights of the mass levels of a column above its ground, m. */
function columnHeights({ levelM, mass }: Domain, cell: number): readonly number[] {
  const cells = mass.length;
  const ground = levelM[cell] ?? 0;
  return Array.from(
    { length: nZ },
    (_, k) => ((levelM[k * cells + cell] ?? 0) + (levelM[(k + 1) * cells + cell] ?? 0)) / 2 - ground,
  );
}

/** Breeze towards inland by level, m s-1; the flow aloft carries back the mass of the flow below. */
function breezeProfile(
  domain: Domain,
  column: { readonly cell: number; readonly heights: readonly number[]; readonly day: DayCycle },
): readonly number[] {
  const { cell, heights, day } = column;
  const distance = domain.coast.distanceM[cell] ?? 0;
  const strength = day.breeze * Math.exp(-((distance / (distance > 0 ? 30_000 : 25_000)) ** 2));
  const depth = day.breeze >= 0 ? 700 : 250;
  const layerMass = (k: number) => domain.layerMass[k * domain.mass.length + cell] ?? 0;
  const below = heights.map((height) =>
    height < depth ? Math.cos((Math.PI * height) / (2 * depth)) * Math.min(1, Math.log(height + 1) / Math.log(60)) : 0,
  );
  const above = heights.map((height) =>
    height >= depth && height < 2.7 * depth ? Math.sin((Math.PI * (height - depth)) / (1.7 * depth)) : 0,
  );
  const massOf = (shape: readonly number[]) => shape.reduce((sum, value, k) => sum + value * layerMass(k), 0);
  const back = massOf(below) / massOf(above);
  return heights.map((_, k) => strength * ((below[k] ?? 0) - back * (above[k] ?? 0)));
}
