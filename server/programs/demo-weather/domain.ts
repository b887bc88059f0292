import { demoDomain } from "@/lib/geo/demo-domain";
import { type Coast, describeCoast } from "@/server/programs/demo-weather/coast";
import { type Place, placeAt } from "@/server/programs/demo-weather/place";
import { terrainHeights } from "@/server/programs/demo-weather/terrain";
import { rasteriseLand } from "@/server/programs/rasterise-land";

/** Heights of the w levels over the sea, m; over land they are squeezed below the same flat top. */
const levelHeightsM = [
  0, 40, 90, 150, 220, 310, 420, 560, 730, 930, 1_180, 1_480, 1_830, 2_230, 2_700, 3_250, 3_900, 4_600, 5_400, 6_200,
  7_000,
] as const;
/** Mass levels. */
export const nZ = levelHeightsM.length - 1;
const topM = 7_000;

/** All that does not change in time. Arrays are [y, x] or [level, y, x], row 0 in the south. */
export type Domain = {
  readonly mass: readonly Place[];
  readonly uPoints: readonly Place[];
  readonly vPoints: readonly Place[];
  readonly landMask: Uint8Array;
  readonly coast: Coast;
  readonly terrainM: Float32Array;
  /** Aerodynamic roughness length, m. */
  readonly roughnessM: Float32Array;
  /** Height of the w levels above the sea, [nZ + 1, y, x]. */
  readonly levelM: Float32Array;
  /** Base-state pressure on mass levels, Pa. */
  readonly basePressurePa: Float32Array;
  /** Base-state mass of a layer, kg m-2. */
  readonly layerMass: Float32Array;
};

/** Builds the constant part of the demonstration weather. */
export function buildDomain(): Domain {
  const { nX, nY } = demoDomain;
  const mass = places(nX, nY, { i: 0, j: 0 });
  const landMask = rasteriseLand(mass);
  const coast = describeCoast(landMask);
  const terrainM = terrainHeights(mass, coast.distanceM);
  const levelM = levels(terrainM);
  return {
    mass,
    uPoints: places(nX + 1, nY, { i: -0.5, j: 0 }),
    vPoints: places(nX, nY + 1, { i: 0, j: -0.5 }),
    landMask,
    coast,
    terrainM,
    roughnessM: coast.distanceM.map((distance) => roughness(distance)),
    levelM,
    ...baseState(levelM),
  };
}

function places(columns: number, rows: number, from: { i: number; j: number }): readonly Place[] {
  return Array.from({ length: columns * rows }, (_, cell) =>
    placeAt(from.i + (cell % columns), from.j + Math.floor(cell / columns)),
  );
}

/** Sea 0.2 mm, land 0.2 m, with the change spread over some cells as the wind feels it. */
function roughness(coastDistanceM: number): number {
  const share = Math.min(1, Math.max(0, (coastDistanceM + 2_500) / 7_500));
  return 0.0002 ** (1 - share) * 0.2 ** share;
}

function levels(terrainM: Float32Array): Float32Array {
  const cells = terrainM.length;
  const levelM = new Float32Array((nZ + 1) * cells);
  levelHeightsM.forEach((height, k) => {
    for (let cell = 0; cell < cells; cell += 1) {
      const ground = terrainM[cell] ?? 0;
      levelM[k * cells + cell] = ground + height * (1 - ground / topM);
    }
  });
  return levelM;
}

/** The standard atmosphere (ISA), which pressures are split against and which layers are weighed with. */
function baseState(levelM: Float32Array): { basePressurePa: Float32Array; layerMass: Float32Array } {
  const cells = levelM.length / (nZ + 1);
  const pressure = (height: number) => 101_325 * (1 - (0.0065 * height) / 288.15) ** 5.2559;
  const basePressurePa = new Float32Array(nZ * cells);
  const layerMass = new Float32Array(nZ * cells);
  for (let at = 0; at < nZ * cells; at += 1) {
    const [lower, upper] = [levelM[at] ?? 0, levelM[at + cells] ?? 0];
    const middle = (lower + upper) / 2;
    basePressurePa[at] = pressure(middle);
    layerMass[at] = ((basePressurePa[at] ?? 0) / (287 * (288.15 - 0.0065 * middle))) * (upper - lower);
  }
  return { basePressurePa, layerMass };
}
