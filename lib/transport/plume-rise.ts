import { exp, pow } from "@/lib/transport/portable-math";

/**
 * Height above ground that a fire's plume reaches, m.
 * @param boundaryLayerM       height of the boundary layer, m
 * @param radiativePowerWatts  fire radiative power, W, above 0
 * @param stabilityPerSecond2  squared buoyancy frequency of the air above the boundary layer, s-2
 * Source: Sofiev et al. (2012), "Evaluation of the smoke-injection height from wild-land fires", eq. 10 with alpha 0.24,
 * beta 170 m, gamma 0.35, delta 0.6, N0 squared 2.5e-4; checked against sofiev-a. Within 500 m of satellite heights in
 * two thirds of cases.
 */
export function sofievPlumeTopM(
  boundaryLayerM: number,
  radiativePowerWatts: number,
  stabilityPerSecond2: number,
): number {
  const power = pow(radiativePowerWatts / 1e6, 0.35);
  return 0.24 * boundaryLayerM + 170 * power * exp((-0.6 * stabilityPerSecond2) / 2.5e-4);
}
