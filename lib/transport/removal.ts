import { depositionLayerM } from "@/lib/transport/air-motion";
import { exp } from "@/lib/transport/portable-math";

/** Deposition velocity of PM2.5, m s-1. */
const depositionVelocity = 1e-3;
/** Washout acts below the clouds; the frames carry no cloud base, so below this height above ground, m. */
export const washoutTopM = 3000;

/**
 * Share that stays airborne after a time below the deposition layer (30 m, twice the reference height of 15 m).
 * Source: m exp(-vd dt / (2 href)); in a mixed layer of height H this is exp(-vd t / H), checked against dry-deposition-mixed-a.
 */
export function keptByDeposition(lowSeconds: number): number {
  return exp((-depositionVelocity / depositionLayerM) * lowSeconds);
}

/** Share that stays airborne after a time in rain; `ratePerSecond` from `washoutRate`. */
export function keptByRain(ratePerSecond: number, seconds: number): number {
  return exp(-ratePerSecond * seconds);
}
