/** What burns, as a person can tell it from afar; the keys of the request. */
export const fuelClasses = ["grass", "crop", "maquis", "pine", "broadleaf"] as const;
export type FuelClass = (typeof fuelClasses)[number];

export type Fuel = {
  /** Dry fuel that is consumed, kg m-2 of burnt ground. Judgement from published loads; SD one third. */
  readonly consumedKgPerM2: Estimate;
  /** PM2.5 per dry fuel, g kg-1. */
  readonly pm25GramsPerKg: Estimate;
  /** Share of the emission in the flaming phase, 0..1: it rises with the plume, the rest stays low. */
  readonly flamingShare: number;
  /** Time over which a fire of this fuel gives off its smoke, h. */
  readonly burningHours: number;
};

export type Estimate = { readonly mean: number; readonly standardDeviation: number; readonly source: string };

const loads = "judgement within the loads of Fire in Mediterranean Ecosystems";
const gfed = "GFED4 list; SD of Akagi et al. (2011), table 1";

/**
 * Consumption and emission factors by fuel class. Emission factors are those of the GFED4 list (savanna, grass and shrub;
 * agricultural; temperate forest). The consumed loads, shares and durations are defaults by judgement: every product
 * says so, and a responder's own numbers replace them.
 */
export const fuels: Readonly<Record<FuelClass, Fuel>> = {
  grass: {
    consumedKgPerM2: { mean: 0.4, standardDeviation: 0.13, source: loads },
    pm25GramsPerKg: { mean: 7.17, standardDeviation: 3.42, source: gfed },
    flamingShare: 0.9,
    burningHours: 2,
  },
  crop: {
    consumedKgPerM2: { mean: 0.4, standardDeviation: 0.13, source: loads },
    pm25GramsPerKg: { mean: 6.26, standardDeviation: 2.36, source: gfed },
    flamingShare: 0.85,
    burningHours: 2,
  },
  maquis: {
    consumedKgPerM2: { mean: 1.5, standardDeviation: 0.5, source: loads },
    pm25GramsPerKg: { mean: 7.17, standardDeviation: 3.42, source: gfed },
    flamingShare: 0.75,
    burningHours: 3,
  },
  pine: {
    consumedKgPerM2: { mean: 2.5, standardDeviation: 0.8, source: loads },
    pm25GramsPerKg: { mean: 12.9, standardDeviation: 7.5, source: gfed },
    flamingShare: 0.65,
    burningHours: 6,
  },
  broadleaf: {
    consumedKgPerM2: { mean: 1.8, standardDeviation: 0.6, source: loads },
    pm25GramsPerKg: { mean: 12.9, standardDeviation: 7.5, source: gfed },
    flamingShare: 0.7,
    burningHours: 6,
  },
};
