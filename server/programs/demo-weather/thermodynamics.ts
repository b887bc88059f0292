import { demoDomain } from "@/lib/geo/demo-domain";
import type { DayCycle } from "@/server/programs/demo-weather/day-cycle";
import { type Domain, nZ } from "@/server/programs/demo-weather/domain";
import type { Surface } from "@/server/programs/demo-weather/surface";
import type { Synoptic } from "@/server/programs/demo-weather/synoptic";

/** Potential temperature K and pressure Pa on mass levels [nZ, y, x]; pressure at the ground Pa [y, x]. */
export type Thermodynamics = {
  readonly potentialTemperatureK: Float32Array;
  readonly pressurePa: Float32Array;
  readonly surfacePressurePa: Float32Array;
};

const [gravity, cp, kappa] = [9.81, 1_004.5, 2 / 7];
const coriolis = 9.5e-5;

/**
 * Temperature by layers and the pressure that carries it: well mixed below the boundary layer's top where the ground is
 * warm, a shallow inversion where it is cold, 4.2 K/km above. Sea-level pressure has the slope that balances the large
 * scale wind; upwards it is hydrostatic, exactly for a column of layers with constant potential temperature.
 */
export function thermodynamics(
  domain: Domain,
  surface: Surface,
  large: { readonly synoptic: Synoptic; readonly day: DayCycle },
): Thermodynamics {
  const cells = domain.mass.length;
  const potentialTemperatureK = new Float32Array(nZ * cells);
  const pressurePa = new Float32Array(nZ * cells);
  const surfacePressurePa = new Float32Array(cells);
  for (let cell = 0; cell < cells; cell += 1) {
    const ground = domain.terrainM[cell] ?? 0;
    const seaLevel = seaLevelPressure(large.synoptic, cell);
    const warmth = { t2K: surface.t2K[cell] ?? 288, boundaryLayerM: surface.boundaryLayerM[cell] ?? 300 };
    // Down to the sea the air of the free atmosphere is continued, so that relief makes no pressure pattern.
    let exner = (seaLevel / 1e5) ** kappa - (gravity * ground) / (cp * freeTheta(large.day, ground / 2));
    const theta2 = warmth.t2K / exner;
    surfacePressurePa[cell] = 1e5 * exner ** (1 / kappa);
    let below = ground;
    let thetaBelow = theta2;
    for (let k = 0; k < nZ; k += 1) {
      const at = k * cells + cell;
      const height = ((domain.levelM[at] ?? 0) + (domain.levelM[at + cells] ?? 0)) / 2;
      const theta = layerTheta(large.day, { height, aboveGround: height - ground, theta2, ...warmth, ground });
      exner -= (gravity * (height - below)) / ((cp * (theta + thetaBelow)) / 2);
      potentialTemperatureK[at] = theta;
      pressurePa[at] = 1e5 * exner ** (1 / kappa);
      below = height;
      thetaBelow = theta;
    }
  }
  return { potentialTemperatureK, pressurePa, surfacePressurePa };
}

type Column = { height: number; aboveGround: number; theta2: number; boundaryLayerM: number; ground: number };

function layerTheta(day: DayCycle, column: Column): number {
  const { height, aboveGround, theta2, boundaryLayerM } = column;
  const free = freeTheta(day, height);
  const freeAtGround = freeTheta(day, column.ground);
  if (theta2 <= freeAtGround) return free - (freeAtGround - theta2) * Math.exp((-3 * aboveGround) / boundaryLayerM);
  if (aboveGround <= boundaryLayerM) return theta2;
  const share = Math.min(1, (aboveGround - boundaryLayerM) / 600);
  return Math.max(theta2 + 0.003 * (aboveGround - boundaryLayerM), (1 - share) * theta2 + share * free);
}

/** Potential temperature of the air that the ground does not reach, K. */
function freeTheta(day: DayCycle, height: number): number {
  return day.seasonK + 0.5 + 0.0042 * height;
}

function seaLevelPressure(synoptic: Synoptic, cell: number): number {
  const { nX, nY, dX } = demoDomain;
  const x = ((cell % nX) - nX / 2) * dX;
  const y = (Math.floor(cell / nX) - nY / 2) * dX;
  const density = 1.2;
  return synoptic.seaLevelPressurePa + density * coriolis * (synoptic.northward * x - synoptic.eastward * y);
}
