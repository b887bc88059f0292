import { exp, pow } from "@/lib/transport/portable-math";

const secondsPerDay = 86_400;

export type WaterConditions = {
  readonly temperatureC: number;
  /** Share of sea water, 0 to 100. */
  readonly percentSeaWater: number;
};

/**
 * Die-off of faecal coliforms in the dark, 1/day.
 * Source: Mancini (1978), "Numerical estimates of coliform mortality rates"; checked against mancini-t90.
 */
export function darkDieOffPerDay({ temperatureC, percentSeaWater }: WaterConditions): number {
  return (0.8 + 0.006 * percentSeaWater) * pow(1.07, temperatureC - 20);
}

/**
 * Die-off by light at a particle's own depth, 1/day.
 * @param surfaceLight  ly/h; @param extinctionPerM  1/m; @param depthM  below the surface, not negative
 */
export function lightDieOffPerDay(surfaceLight: number, extinctionPerM: number, depthM: number): number {
  return surfaceLight * exp(-extinctionPerM * depthM);
}

/** Mean of the die-off by light from the surface to a depth, 1/day: only for comparison with models that average. */
export function meanLightDieOffPerDay(surfaceLight: number, extinctionPerM: number, depthM: number): number {
  const optical = extinctionPerM * depthM;
  return optical < 1e-9 ? surfaceLight : (surfaceLight * -Math.expm1(-optical)) / optical;
}

/** Hours until a tenth is left at a rate per day. */
export function ninetyPercentHours(ratePerDay: number): number {
  return (24 * Math.LN10) / ratePerDay;
}

/** Share that survives a time at a rate per day. */
export function survivingShare(ratePerDay: number, seconds: number): number {
  return exp((-ratePerDay * seconds) / secondsPerDay);
}

/** A day of light: half a sine between sunrise and sunset, hours after midnight. */
export type DayOfLight = { readonly peak: number; readonly sunriseHour: number; readonly sunsetHour: number };

/** Light at the surface in the unit of `peak`, at an hour counted from any midnight. */
export function lightAtHour({ peak, sunriseHour, sunsetHour }: DayOfLight, hour: number): number {
  const clock = hour - 24 * Math.floor(hour / 24);
  if (clock <= sunriseHour || clock >= sunsetHour) return 0;
  return peak * Math.sin((Math.PI * (clock - sunriseHour)) / (sunsetHour - sunriseHour));
}
