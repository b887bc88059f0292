import { demoDomain } from "@/lib/geo/demo-domain";
import { synopticAt } from "@/server/programs/demo-weather/synoptic";

/** What the sun has made of the day so far, over flat inland ground and between land and sea. */
export type DayCycle = {
  /** Upward sensible heat flux of the land, W m-2. */
  readonly landHeatFlux: number;
  /** Depth of the mixed layer over land, m. */
  readonly mixedLayerM: number;
  /** Land air against the mean of the day, K. */
  readonly landWarmthK: number;
  /** Sea breeze, m s-1; negative = land breeze. */
  readonly breeze: number;
  /** Air temperature of the season over land and of the sea, K. */
  readonly seasonK: number;
  readonly seaK: number;
};

const stepSeconds = 600;
const rhoCp = 1_200;

/**
 * Integrates heat, mixed layer and breeze over the 24 h before a time, in steps of ten minutes. The mixed layer grows
 * by encroachment with 20 % entrainment against 4.5 K/km, and collapses within an hour when the heating ends.
 * @param hours  since 1970-01-01 00 UTC
 * Source of the growth law: Stull (1988), An Introduction to Boundary Layer Meteorology, section 11.2
 */
export function dayCycleAt(hours: number): DayCycle {
  let [mixedLayerM, landWarmthK, breeze, landHeatFlux] = [100, -2, -1, -18];
  for (let step = 24 * 6; step >= 0; step -= 1) {
    const at = hours - (step * stepSeconds) / 3_600;
    const sun = sunElevationSine(at) * (1 - 0.65 * synopticAt(at).wetness);
    landHeatFlux = sun > 0.08 ? 380 * (sun - 0.08) : Math.max(-18, -18 + (sun + 0.1) * 100);
    const net = sun > 0.08 ? landHeatFlux : -60;
    landWarmthK += stepSeconds * (net / (rhoCp * 1_000) - landWarmthK / 28_800);
    breeze += (stepSeconds / 5_400) * ((landHeatFlux > 0 ? (6.5 * landHeatFlux) / 330 : -1.8) - breeze);
    mixedLayerM =
      landHeatFlux > 5
        ? Math.sqrt(mixedLayerM ** 2 + (2 * 1.4 * stepSeconds * landHeatFlux) / (0.0045 * rhoCp))
        : 100 + (mixedLayerM - 100) * Math.exp(-stepSeconds / 2_700);
  }
  const day = (hours / 24) % 365.2425;
  return {
    landHeatFlux,
    mixedLayerM: Math.min(2_400, mixedLayerM),
    landWarmthK,
    breeze,
    seasonK: 291 + 8 * Math.cos((2 * Math.PI * (day - 205)) / 365.2425) + synopticAt(hours).warmthK,
    seaK: 291.5 + 5.5 * Math.cos((2 * Math.PI * (day - 230)) / 365.2425),
  };
}

/** Sine of the sun's elevation at the middle of the domain; negative at night. Equation of time left out (16 min). */
function sunElevationSine(hours: number): number {
  if (demoDomain.projection.name !== "lambert") return 0;
  const { lat0, standLon } = demoDomain.projection;
  const day = (hours / 24) % 365.2425;
  const declination = ((-23.44 * Math.PI) / 180) * Math.cos((2 * Math.PI * (day + 10)) / 365.2425);
  const hourAngle = ((hours % 24) - 12 + standLon / 15) * (Math.PI / 12);
  const lat = (lat0 * Math.PI) / 180;
  return Math.sin(lat) * Math.sin(declination) + Math.cos(lat) * Math.cos(declination) * Math.cos(hourAngle);
}
