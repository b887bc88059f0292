import { exp } from "@/lib/transport/portable-math";
import { depositionLayerM } from "@/lib/transport/vertical-walk";

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

/** Share that stays airborne in a layer that is always mixed, of a height in m, after a time in s. */
export function keptInMixedColumn(depositionMs: number, heightM: number, seconds: number): number {
  return exp((-depositionMs * seconds) / heightM);
}

/**
 * Rate at which a layer above the ground loses mass, 1/s, so that the flux is that of a deposition velocity at the ground
 * itself although the loss is spread over the layer: K m tanh(m d) = vd / (1 + vd d / K) with the rate K m^2.
 * @param depositionMs  vd, m s-1; @param layerM  d, m; @param diffusivityM2s  K in the layer
 * Checked against deposition-finite-k (eigenfunctions): without it a layer of 30 m takes 3 % too little.
 */
export function layerDepositionRate(depositionMs: number, layerM: number, diffusivityM2s: number): number {
  const a = (depositionMs * layerM) / diffusivityM2s;
  const wanted = a / (1 + a);
  let square = wanted;
  for (let i = 0; i < 20; i += 1) {
    const root = Math.sqrt(square);
    square = (wanted * root) / Math.tanh(root);
  }
  return (diffusivityM2s * square) / (layerM * layerM);
}
