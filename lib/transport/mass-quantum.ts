/**
 * The mass unit of a run: a power of two that every particle's mass is a whole multiple of. Sums of masses are then exact
 * in double precision up to 2^53 units (a million particles sampled 60 times), so neither the order of particles nor
 * their number of workers changes a bit, and the ledger closes exactly.
 * @param particleKg  mass of one particle at release, above 0
 * @returns kg, 2^-26 of the particle's leading bit
 */
export function massQuantumKg(particleKg: number): number {
  let power = 1;
  while (power > particleKg) power *= 0.5;
  while (power * 2 <= particleKg) power *= 2;
  return power * 2 ** -26;
}

/** The nearest mass that both the quantum and 32-bit storage can hold, kg. */
export function roundToQuantum(kg: number, quantumKg: number): number {
  return Math.fround(Math.round(kg / quantumKg) * quantumKg);
}
