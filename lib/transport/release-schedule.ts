import { cubeRoot } from "@/lib/transport/portable-math";

/** How the emission goes with time: constant, growing linearly, or growing with the square of time (a spreading front). */
export const timeProfiles = ["constant", "linear", "quadratic"] as const;
export type TimeProfile = (typeof timeProfiles)[number];

/**
 * Release times of particles of equal mass: particle i leaves when the share (i + 1/2) / count has been emitted.
 * @returns seconds after the start of the fire, ascending, inside (0, durationSeconds)
 */
export function releaseTimesSeconds(count: number, durationSeconds: number, profile: TimeProfile): Float64Array {
  const times = new Float64Array(count);
  for (let i = 0; i < count; i += 1) times[i] = durationSeconds * timeOfShare((i + 0.5) / count, profile);
  return times;
}

/** Emission rate relative to its mean over the fire at a relative time, 0..1; 0 outside the fire. */
export function relativeRate(relativeTime: number, profile: TimeProfile): number {
  if (relativeTime < 0 || relativeTime > 1) return 0;
  if (profile === "constant") return 1;
  return profile === "linear" ? 2 * relativeTime : 3 * relativeTime * relativeTime;
}

function timeOfShare(share: number, profile: TimeProfile): number {
  if (profile === "constant") return share;
  return profile === "linear" ? Math.sqrt(share) : cubeRoot(share);
}
