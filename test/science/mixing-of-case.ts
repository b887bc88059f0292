import { formulaProfile, type MixingProfile } from "@/lib/transport/mixing-profile";
import type { Given } from "@/test/science/given";

/** K = K0 + A s (1 - s), s = z / H. */
export function parabola(given: Given, height = given.number("H_m")): MixingProfile {
  const [k0, a] = [given.number("K0_m2s"), given.number("A_m2s")];
  return formulaProfile(
    height,
    (z) => k0 + (a * z * (height - z)) / height ** 2,
    (z) => (a * (height - 2 * z)) / height ** 2,
  );
}

/** K = K0 + A s (1 - s)^2. */
export function groundProfile(given: Given, height = given.number("H_m")): MixingProfile {
  const [k0, a] = [given.number("K0_m2s"), given.number("A_m2s")];
  return formulaProfile(
    height,
    (z) => k0 + (a * z * (height - z) ** 2) / height ** 3,
    (z) => (a * (height - z) * (height - 3 * z)) / height ** 3,
  );
}
