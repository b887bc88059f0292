import { describe, expect, test } from "vitest";
import { seaPair } from "@/lib/transport/sea-field";
import { SeaKernel } from "@/lib/transport/sea-kernel";
import { SeaParticles, seaStatus } from "@/lib/transport/sea-particles";

const physics = {
  seed: 7,
  stepSeconds: 60,
  horizontalM2s: 1,
  darkPerSecond: 1e-5,
  lightPerSecond: 0,
  extinctionPerM: 0.2,
};
const still = { current: 0, isLand: () => false };

describe("the sea kernel", () => {
  test("keeps a column with variable diffusivity well mixed within 5 % in each of 20 layers", () => {
    const particles = released(40_000);
    new SeaKernel(channel(still), physics).advance(particles, 0, 300);
    const layers = new Array<number>(20).fill(0);
    for (const sigma of particles.sigma) {
      const layer = Math.min(19, Math.trunc(-sigma * 20));
      layers[layer] = (layers[layer] ?? 0) + 1;
    }
    // 2000 particles per layer: one standard deviation is 2.2 %.
    for (const count of layers) expect(Math.abs(count / 2000 - 1)).toBeLessThan(0.05 + 2 / Math.sqrt(2000));
  });

  test("lets nobody into land, and stops at a masked face what the current drives against it", () => {
    const isLand = (i: number, j: number) => j < 3 || (i === 12 && j === 6);
    const pair = channel({ current: 0.5, isLand });
    const particles = released(2000);
    new SeaKernel(pair, physics).advance(particles, 0, 200);
    const onLand = Array.from({ length: 2000 }, (_, p) => p).filter((p) =>
      isLand(Math.round(particles.x[p] ?? 0), Math.round(particles.y[p] ?? 0)),
    );
    expect(onLand).toEqual([]);
  });

  test("gives the same bits in one go, in parts of a restart, and for any division of the particles", () => {
    const pair = channel({ current: 0.1, isLand: () => false });
    const whole = released(300);
    new SeaKernel(pair, physics).advance(whole, 0, 60);
    const restarted = released(300);
    for (const [first, steps] of [
      [0, 7],
      [7, 20],
      [27, 33],
    ] as const)
      new SeaKernel(pair, physics).advance(restarted, first, steps);
    expect(restarted.x).toEqual(whole.x);
    expect(restarted.sigma).toEqual(whole.sigma);
    const part = released(300, 100);
    new SeaKernel(pair, physics).advance(part, 0, 60);
    expect(part.x.subarray(0, 200)).toEqual(whole.x.subarray(100));
  });

  test("sorting by cell changes the order only", () => {
    const pair = channel({ current: 0.1, isLand: () => false });
    const plain = released(300);
    const sorted = new SeaParticles(300);
    released(300).sortInto(sorted, pair);
    for (const particles of [plain, sorted]) new SeaKernel(pair, physics).advance(particles, 0, 20);
    const byId = (particles: SeaParticles) =>
      Array.from(particles.id, (id, p) => [id, particles.x[p], particles.sigma[p]]).sort(
        (a, b) => (a[0] ?? 0) - (b[0] ?? 0),
      );
    expect(byId(sorted)).toEqual(byId(plain));
  });

  test("dies off as the rate says, and marks who leaves", () => {
    const particles = released(500);
    new SeaKernel(channel({ current: 0.5, isLand: () => false }), physics).advance(particles, 0, 400);
    const left = Array.from(particles.status).filter((status) => status === seaStatus.left).length;
    expect(left).toBeGreaterThan(0);
    const stayed = particles.amount.filter((_, p) => particles.status[p] === seaStatus.active);
    for (const amount of stayed) expect(amount).toBeCloseTo(Math.exp(-0.24), 5);
  });
});

/** 20 x 10 cells of 1 km, 40 m deep, with a uniform current along x. */
function channel({ current, isLand }: { current: number; isLand: (i: number, j: number) => boolean }) {
  const shape = (k: number) => (k / 40) * (1 - k / 40);
  return seaPair({
    nX: 20,
    nY: 10,
    nZ: 41,
    fromSeconds: 0,
    toSeconds: 86_400,
    isSea: (i, j) => !isLand(i, j),
    spacingX: () => 1000,
    spacingY: () => 1000,
    depth: () => 40,
    u: () => current,
    v: () => 0,
    sigmaRate: () => 0,
    diffusivity: (_frame, k) => 1e-3 + 0.08 * shape(k),
  });
}

/** Particles on the middle row, evenly over the depth; `from` leaves the first ones out. */
function released(count: number, from = 0): SeaParticles {
  const particles = new SeaParticles(count - from);
  particles.count = count - from;
  for (let p = 0; p < count - from; p += 1) {
    particles.x[p] = 5 + ((p + from) % 100) / 25;
    particles.y[p] = 6;
    particles.sigma[p] = -(p + from + 0.5) / count;
    particles.amount[p] = 1;
    particles.id[p] = p + from;
  }
  return particles;
}
