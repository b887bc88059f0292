const squareMetresPerHectare = 10_000;
/** Dry fuel burnt per radiated energy, kg MJ-1. Source: Wooster et al. (2005). */
const radiativeFuelKgPerMegajoule = 0.368;
/** Heat of combustion of dry vegetation, J kg-1. */
const combustionJoulesPerKg = 18.6e6;
/** Share of the heat that rises with the air, 0.55 to 0.8. */
const usualConvectiveShare = 0.7;

export type FireSource = {
  readonly fuelKg: number;
  readonly emittedKg: number;
  /** Mean over the fire's duration. */
  readonly emissionKgPerSecond: number;
  readonly heatJoules: number;
  readonly heatWatts: number;
  readonly convectiveWatts: number;
  /** Mean fire radiative power that goes with the consumption. */
  readonly radiativePowerWatts: number;
};

/**
 * What a fire consumes, emits and radiates.
 * @param fire  burnt area in ha, consumed dry fuel in kg m-2, emission factor in g kg-1, duration in s (above 0)
 * Source: emission = area x load x emission factor; checked against fire-source-a (10 ha of maquis: 1075.5 kg, 2790 GJ).
 */
export function fireSource(fire: {
  readonly areaHa: number;
  readonly consumedKgPerM2: number;
  readonly emissionGramsPerKg: number;
  readonly durationSeconds: number;
  readonly heatJoulesPerKg?: number;
  readonly convectiveShare?: number;
  readonly fuelKgPerRadiatedMegajoule?: number;
}): FireSource {
  const { heatJoulesPerKg = combustionJoulesPerKg, convectiveShare = usualConvectiveShare } = fire;
  const { fuelKgPerRadiatedMegajoule = radiativeFuelKgPerMegajoule } = fire;
  const fuelKg = fire.areaHa * squareMetresPerHectare * fire.consumedKgPerM2;
  const emittedKg = (fuelKg * fire.emissionGramsPerKg) / 1000;
  const heatJoules = fuelKg * heatJoulesPerKg;
  return {
    fuelKg,
    emittedKg,
    emissionKgPerSecond: emittedKg / fire.durationSeconds,
    heatJoules,
    heatWatts: heatJoules / fire.durationSeconds,
    convectiveWatts: (convectiveShare * heatJoules) / fire.durationSeconds,
    radiativePowerWatts: ((fuelKg / fuelKgPerRadiatedMegajoule) * 1e6) / fire.durationSeconds,
  };
}
