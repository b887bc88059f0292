import { cubeRoot, pow } from "@/lib/transport/portable-math";

/** The air that a hot plume rises through. */
export type RiseConditions = {
  /** Heat carried by convection, W, above 0. */
  readonly convectiveWatts: number;
  readonly windMs: number;
  readonly temperatureK: number;
  readonly densityKgPerM3: number;
  readonly heatCapacityJPerKgK: number;
  readonly gravityMs2: number;
  /** d(theta)/dz, K/m; only for the stable and calm rises, which are null when it is not above 0. */
  readonly thetaGradientKPerM: number;
};

export type BriggsRise = {
  /** Buoyancy flux F, m4 s-3, and stability s, s-2. */
  readonly buoyancyM4s3: number;
  readonly stabilityPerSecond2: number;
  /** Distance at which the neutral rise ends, m. */
  readonly finalDistanceM: number;
  /** Final rises above the source, m. */
  readonly neutralM: number;
  readonly stableM: number | null;
  readonly calmM: number | null;
};

/** The two fits of the neutral rise meet at this flux, with a step of 1 % that is theirs. */
const largeFlux = 55;

/**
 * Rise of a buoyant plume: an alternative to Sofiev's for chimneys and small fires.
 * Source: Briggs (1984), "Plume rise and buoyancy effects"; checked against briggs-rise.
 */
export function briggsRise(air: RiseConditions): BriggsRise {
  const { windMs, temperatureK, gravityMs2 } = air;
  const heat = Math.PI * air.densityKgPerM3 * air.heatCapacityJPerKgK * temperatureK;
  const buoyancyM4s3 = (gravityMs2 * air.convectiveWatts) / heat;
  const stabilityPerSecond2 = (gravityMs2 / temperatureK) * air.thetaGradientKPerM;
  const isLarge = buoyancyM4s3 >= largeFlux;
  const isStable = stabilityPerSecond2 > 0;
  return {
    buoyancyM4s3,
    stabilityPerSecond2,
    finalDistanceM: isLarge ? 119 * pow(buoyancyM4s3, 0.4) : 49 * pow(buoyancyM4s3, 0.625),
    neutralM: (isLarge ? 38.71 * pow(buoyancyM4s3, 0.6) : 21.425 * pow(buoyancyM4s3, 0.75)) / windMs,
    stableM: isStable ? 2.6 * cubeRoot(buoyancyM4s3 / (windMs * stabilityPerSecond2)) : null,
    calmM: isStable ? 4 * pow(buoyancyM4s3, 0.25) * pow(stabilityPerSecond2, -0.375) : null,
  };
}

/** Rise on the way to the final one, m, at a distance downwind. */
export function transitionalRiseM(buoyancyM4s3: number, windMs: number, distanceM: number): number {
  return (1.6 * cubeRoot(buoyancyM4s3) * cubeRoot(distanceM * distanceM)) / windMs;
}
