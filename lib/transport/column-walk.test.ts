import { describe, expect, test } from "vitest";
import { ColumnWalk } from "@/lib/transport/column-walk";
import { formulaProfile, monotoneProfile } from "@/lib/transport/mixing-profile";
import { RandomStream } from "@/lib/transport/random-stream";

const heightM = 40;

describe("a column with variable diffusivity", () => {
  test("stays well mixed within 5 % in each of 20 layers", () => {
    const profile = formulaProfile(
      heightM,
      (z) => 1e-4 + (0.08 * z * (heightM - z)) / heightM ** 2,
      (z) => (0.08 * (heightM - 2 * z)) / heightM ** 2,
    );
    // 2000 particles per layer: one standard deviation is 2.2 %.
    expect(worstLayer(profile, 7200)).toBeLessThan(0.05 + 2 / Math.sqrt(2000));
  });

  test("mixes: a release in one place spreads over the whole column", () => {
    const profile = monotoneProfile(heightM, [0, 0.02, 0.05, 0.02, 0]);
    const walk = new ColumnWalk(profile, new RandomStream(4, 1), { longestM: 1 });
    const heights = Array.from({ length: 4000 }, () => walked(walk, { z: 20, seconds: 40_000 }));
    expect(Math.min(...heights)).toBeLessThan(1);
    expect(Math.max(...heights)).toBeGreaterThan(39);
    expect(heights.reduce((sum, z) => sum + z, 0) / heights.length).toBeCloseTo(20, 0);
  });

  function worstLayer(profile: ReturnType<typeof formulaProfile>, seconds: number): number {
    const walk = new ColumnWalk(profile, new RandomStream(3, 1), { longestM: 1 });
    const layers = new Array<number>(20).fill(0);
    const count = 40_000;
    for (let particle = 0; particle < count; particle += 1) {
      const z = walked(walk, { z: ((particle + 0.5) * heightM) / count, seconds });
      const layer = Math.min(19, Math.trunc((z / heightM) * 20));
      layers[layer] = (layers[layer] ?? 0) + 1;
    }
    return Math.max(...layers.map((n) => Math.abs((n * 20) / count - 1)));
  }
});

test("a monotone profile passes its values and stays within their range", () => {
  const profile = monotoneProfile(4, [0, 1, 1, 5, 0.5]);
  expect(profile.bottom).toBe(1e-5);
  expect([0, 1, 2, 3].map((cell) => profile.cubics[4 * cell])).toEqual([1e-5, 1, 1, 5]);
  for (let cell = 0; cell < 4; cell += 1) {
    const [c0 = 0, c1 = 0, c2 = 0, c3 = 0] = profile.cubics.subarray(4 * cell, 4 * cell + 4);
    const ends = [c0, c0 + c1 + c2 + c3];
    for (const t of [0.1, 0.35, 0.6, 0.9]) {
      const value = c0 + t * (c1 + t * (c2 + t * c3));
      expect(value).toBeGreaterThanOrEqual(Math.min(...ends) - 1e-12);
      expect(value).toBeLessThanOrEqual(Math.max(...ends) + 1e-12);
    }
  }
});

function walked(walk: ColumnWalk, { z, seconds }: { z: number; seconds: number }): number {
  walk.z = z;
  walk.advance(seconds);
  return walk.z;
}
