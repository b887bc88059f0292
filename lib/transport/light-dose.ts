import {
  type DayOfLight,
  darkDieOffPerDay,
  lightAtHour,
  lightDieOffPerDay,
  type WaterConditions,
} from "@/lib/transport/die-off";

export type LightDose = WaterConditions & {
  readonly light: DayOfLight;
  readonly extinctionPerM: number;
  /** Depth at midnight, m, and speed downward, m s-1; it does not rise above the surface. */
  readonly depthM: number;
  readonly sinkingMs: number;
};

const stepSeconds = 300;

/**
 * Natural logarithm of the share of bacteria that survive from one hour to another (after midnight of the first day) on a
 * particle that sinks or rises steadily: light at the particle's own depth, at the middle of steps of 5 minutes.
 * Checked against light-dose (ODE solver) to 1e-3.
 */
export function logSurvival(dose: LightDose, fromHour: number, toHour: number): number {
  const dark = darkDieOffPerDay(dose);
  const seconds = (toHour - fromHour) * 3600;
  const steps = Math.max(1, Math.ceil(seconds / stepSeconds));
  let sum = 0;
  for (let step = 0; step < steps; step += 1) {
    const at = fromHour * 3600 + ((step + 0.5) * seconds) / steps;
    const depth = Math.max(0, dose.depthM + dose.sinkingMs * at);
    sum += dark + lightDieOffPerDay(lightAtHour(dose.light, at / 3600), dose.extinctionPerM, depth);
  }
  return (-sum * seconds) / steps / 86_400;
}
