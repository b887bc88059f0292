import { describe, expect, test } from "vitest";
import { philox, RandomStream } from "@/lib/transport/random-stream";

const hex = (block: Int32Array) => [...block].map((word) => (word >>> 0).toString(16).padStart(8, "0")).join(" ");

describe("philox", () => {
  // Random123, tests/kat_vectors, philox4x32 10 rounds.
  test.each([
    [[0, 0, 0, 0], [0, 0], "6627e8d5 e169c58d bc57ac4c 9b00dbd8"],
    [[-1, -1, -1, -1], [-1, -1], "408f276d 41c83b0e a20bc7c6 6d5451fd"],
    [[0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344], [0xa4093822, 0x299f31d0], "d16cfe09 94fdcceb 5001e420 24126ea1"],
  ])("gives the published answer for counter %j and key %j", (counter, key, answer) => {
    const out = new Int32Array(4);
    const [a = 0, b = 0, c = 0, d = 0] = counter;
    const [k0 = 0, k1 = 0] = key;
    philox(out, a, b, c, d, k0, k1);
    expect(hex(out)).toBe(answer);
  });
});

describe("RandomStream", () => {
  test("gives the same numbers for a particle and step whatever was drawn before", () => {
    const first = new RandomStream(7, 1);
    first.seek(12, 3, 0);
    const wanted = [first.normal(), first.uniform(), first.normal()];
    const second = new RandomStream(7, 1);
    for (let particle = 0; particle < 50; particle += 1) {
      second.seek(particle, 1, 0);
      second.normal();
    }
    second.seek(12, 3, 0);
    expect([second.normal(), second.uniform(), second.normal()]).toEqual(wanted);
  });

  test("gives other numbers for another seed, particle, step or piece", () => {
    const firstOf = (seed: number, particle: number, step: number, piece: number) => {
      const stream = new RandomStream(seed, 1);
      stream.seek(particle, step, piece);
      return stream.uniform();
    };
    const all = [
      firstOf(1, 0, 0, 0),
      firstOf(2, 0, 0, 0),
      firstOf(1, 1, 0, 0),
      firstOf(1, 0, 1, 0),
      firstOf(1, 0, 0, 1),
    ];
    expect(new Set(all).size).toBe(all.length);
  });

  test("normal deviates have the moments and the tail of the normal distribution", () => {
    const stream = new RandomStream(5, 0);
    stream.seek(0, 0, 0);
    const count = 1_000_000;
    const sums = [0, 0, 0, 0];
    let beyond3 = 0;
    for (let i = 0; i < count; i += 1) {
      const x = stream.normal();
      for (let power = 0, value = x; power < 4; power += 1, value *= x) sums[power] = (sums[power] ?? 0) + value;
      if (x > 3 || x < -3) beyond3 += 1;
    }
    const [mean = 0, second = 0, third = 0, fourth = 0] = sums.map((sum) => sum / count);
    // Four standard errors: sqrt(1, 2, 15, 96 / n).
    expect(Math.abs(mean)).toBeLessThan(0.004);
    expect(Math.abs(second - 1)).toBeLessThan(0.0057);
    expect(Math.abs(third)).toBeLessThan(0.0155);
    expect(Math.abs(fourth - 3)).toBeLessThan(0.039);
    expect(Math.abs(beyond3 / count - 0.0026998)).toBeLessThan(4 * Math.sqrt(0.0027 / count));
  });
});
