import { expect, test } from "vitest";
import { massQuantumKg, roundToQuantum } from "@/lib/transport/mass-quantum";
import { washoutRate } from "@/lib/transport/met-pair";
import { keptByDeposition, keptByRain } from "@/lib/transport/removal";

test("a layer mixed over 1000 m keeps 0.97863 after 6 h of deposition", () => {
  // dry-deposition-mixed-a: a mixed particle spends 30 of 1000 m, and so 3 % of the time, where it deposits.
  expect(keptByDeposition((30 / 1000) * 21_600)).toBeCloseTo(0.9786316094, 6);
});

test("rain of 1 mm/h keeps 0.69768 after an hour", () => {
  expect(keptByRain(washoutRate(1), 3600)).toBeCloseTo(0.6976763261, 6);
});

test("changing rain multiplies its shares and no rain takes nothing", () => {
  // washout-c
  const kept = [0.5, 0, 3, 1.5].map((rain) => keptByRain(washoutRate(rain), 1200)).reduce((a, b) => a * b);
  expect(kept).toBeCloseTo(0.5922133695, 6);
  expect(keptByRain(washoutRate(0), 1e6)).toBe(1);
});

test("masses are whole multiples of a power of two, so sums do not depend on their order", () => {
  const quantum = massQuantumKg(0.0537);
  const masses = Array.from({ length: 1000 }, (_, i) => roundToQuantum(0.0537 * Math.exp(-i / 200), quantum));
  for (const mass of masses) expect(Number.isInteger(mass / quantum)).toBe(true);
  const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);
  expect(sum(masses)).toBe(sum([...masses].reverse()));
});
