import { exp } from "@/lib/transport/portable-math";
import { philox } from "@/lib/transport/random-stream";
import type { SeaPair } from "@/lib/transport/sea-field";
import { type SeaParticles, seaStatus } from "@/lib/transport/sea-particles";

export type SeaPhysics = {
  readonly seed: number;
  readonly stepSeconds: number;
  /** Horizontal diffusivity, m2 s-1. */
  readonly horizontalM2s: number;
  /** Die-off in the dark and by the light at the surface, 1/s, and extinction of the light, 1/m. */
  readonly darkPerSecond: number;
  readonly lightPerSecond: number;
  readonly extinctionPerM: number;
};

/** Key of the walk's random numbers beside the run's seed. */
const walkStream = 0x1bd11bda;
const perUnit21 = 2 ** -20;
const perUnit22 = 2 ** -21;

/**
 * Moves sea particles between two frames: midpoint steps along the current of their own cell (C-grid: no flow through a
 * masked face), linear in sigma and time; vertical walk after Visser with K and dK/dz; horizontal walk that does not enter
 * land; die-off with the light at the particle's depth. Works in place.
 *
 * A particle does all steps of a call before the next one begins: what it reads stays in the nearest cache. One block of
 * Philox serves two steps (three numbers of 21 bits each). Both change no result.
 * Registers stand in a typed array because a number that crosses a call which is not inlined costs an allocation.
 */
export class SeaKernel {
  private readonly block = new Int32Array(4);
  private readonly at = new Float64Array(registers.count);

  constructor(
    private readonly pair: SeaPair,
    private readonly physics: SeaPhysics,
  ) {}

  /** @param first  number of the first step since the start of the run; the steps lie within the pair's span */
  advance(particles: SeaParticles, first: number, steps: number): void {
    const { at, pair } = this;
    for (let p = 0; p < particles.count; p += 1) {
      if (particles.status[p] !== seaStatus.active) continue;
      at[registers.x] = particles.x[p] ?? 0;
      at[registers.y] = particles.y[p] ?? 0;
      at[registers.sigma] = particles.sigma[p] ?? 0;
      at[registers.rate] = 0;
      const id = particles.id[p] ?? 0;
      for (let step = first; step < first + steps; step += 1) {
        if (step === first || (step & 1) === 0) philox(this.block, id, step >> 1, 0, 0, this.physics.seed, walkStream);
        this.step(step);
        const x = at[registers.x] ?? 0;
        const y = at[registers.y] ?? 0;
        if (x >= 0 && y >= 0 && x <= pair.nX - 1 && y <= pair.nY - 1) continue;
        particles.status[p] = seaStatus.left;
        break;
      }
      particles.x[p] = at[registers.x] ?? 0;
      particles.y[p] = at[registers.y] ?? 0;
      particles.sigma[p] = at[registers.sigma] ?? 0;
      particles.amount[p] = (particles.amount[p] ?? 0) * exp(-this.physics.stepSeconds * (at[registers.rate] ?? 0));
    }
  }

  /** One step of the particle in the registers. */
  private step(number: number): void {
    const { at, block, pair, physics } = this;
    const dt = physics.stepSeconds;
    const perSpan = 1 / (pair.toSeconds - pair.fromSeconds);
    const share = (number * dt - pair.fromSeconds) * perSpan;
    const x0 = at[registers.x] ?? 0;
    const y0 = at[registers.y] ?? 0;
    const s0 = at[registers.sigma] ?? 0;
    at[registers.share] = share;
    this.sample();
    const diffusivity = at[registers.diffusivity] ?? 0;
    const gradient = at[registers.gradient] ?? 0;
    at[registers.x] = x0 + 0.5 * dt * (at[registers.u] ?? 0);
    at[registers.y] = y0 + 0.5 * dt * (at[registers.v] ?? 0);
    at[registers.sigma] = s0 + 0.5 * dt * (at[registers.w] ?? 0);
    at[registers.share] = share + 0.5 * dt * perSpan;
    this.sample();
    const x = x0 + dt * (at[registers.u] ?? 0);
    const y = y0 + dt * (at[registers.v] ?? 0);
    const half = (number & 1) << 1;
    const high = block[half] ?? 0;
    const low = block[half + 1] ?? 0;
    const spread = Math.max(diffusivity + 0.5 * gradient * gradient * dt, 1e-12);
    const kick = ((low & 0x3fffff) * perUnit22 - 1) * Math.sqrt(6 * spread * dt);
    let sigma = s0 + dt * ((at[registers.w] ?? 0) + gradient) + kick;
    if (sigma > 0) sigma = -sigma;
    if (sigma < -1) sigma = Math.min(0, -2 - sigma);
    at[registers.sigma] = sigma;
    // A step so long that it would jump a face into land is not done.
    const isWater = this.isWater(x, y);
    at[registers.x] = isWater ? x : x0;
    at[registers.y] = isWater ? y : y0;
    this.spreadAcross((high >>> 11) * perUnit21 - 1, (((high & 0x7ff) << 10) | (low >>> 22)) * perUnit21 - 1);
  }

  /** Whether the cell of a place is sea; beyond the grid that of its edge. */
  private isWater(x: number, y: number): boolean {
    const { nX, nY, mask } = this.pair;
    const i = Math.min(Math.max((x + 0.5) | 0, 0), nX - 1);
    const j = Math.min(Math.max((y + 0.5) | 0, 0), nY - 1);
    return mask[j * nX + i] === 1;
  }

  /** The diffusive step, which does not enter land, and the die-off at the depth reached. */
  private spreadAcross(east: number, north: number): void {
    const { at, pair, physics } = this;
    const { nX, nY, cells } = pair;
    const x = at[registers.x] ?? 0;
    const y = at[registers.y] ?? 0;
    const i = Math.min(Math.max((x + 0.5) | 0, 0), nX - 1);
    const j = Math.min(Math.max((y + 0.5) | 0, 0), nY - 1);
    const cell = 3 * (j * nX + i);
    const length = Math.sqrt(6 * physics.horizontalM2s * physics.stepSeconds);
    const xd = x + east * length * (cells[cell] ?? 0);
    const yd = y + north * length * (cells[cell + 1] ?? 0);
    if (this.isWater(xd, yd)) {
      at[registers.x] = xd;
      at[registers.y] = yd;
    }
    const depth = -(at[registers.sigma] ?? 0) * (cells[cell + 2] ?? 0);
    const light = physics.lightPerSecond > 0 ? physics.lightPerSecond * exp(-physics.extinctionPerM * depth) : 0;
    at[registers.rate] = (at[registers.rate] ?? 0) + physics.darkPerSecond + light;
  }

  /** Current, vertical rate and diffusivity at the registers' place and time, into the registers. */
  private sample(): void {
    const { at } = this;
    const { nX, nY, nZ, flow } = this.pair;
    const x = at[registers.x] ?? 0;
    const y = at[registers.y] ?? 0;
    const i = Math.min(Math.max((x + 0.5) | 0, 0), nX - 1);
    const j = Math.min(Math.max((y + 0.5) | 0, 0), nY - 1);
    const level = Math.min(Math.max(((at[registers.sigma] ?? 0) + 1) * (nZ - 1), 0), nZ - 1);
    const k = Math.min(level | 0, nZ - 2);
    const upper = level - k;
    const after = at[registers.share] ?? 0;
    const before = 1 - after;
    const lb = (1 - upper) * before;
    const la = (1 - upper) * after;
    const ub = upper * before;
    const ua = upper * after;
    const b = ((j * (nX + 1) + i) * nZ + k) * 8;
    const e = b + nZ * 8;
    const n = b + (nX + 1) * nZ * 8 + 1;
    const west = lb * (flow[b] ?? 0) + la * (flow[b + 4] ?? 0) + ub * (flow[b + 8] ?? 0) + ua * (flow[b + 12] ?? 0);
    const east = lb * (flow[e] ?? 0) + la * (flow[e + 4] ?? 0) + ub * (flow[e + 8] ?? 0) + ua * (flow[e + 12] ?? 0);
    const south =
      lb * (flow[b + 1] ?? 0) + la * (flow[b + 5] ?? 0) + ub * (flow[b + 9] ?? 0) + ua * (flow[b + 13] ?? 0);
    const north = lb * (flow[n] ?? 0) + la * (flow[n + 4] ?? 0) + ub * (flow[n + 8] ?? 0) + ua * (flow[n + 12] ?? 0);
    at[registers.u] = west + (x - i + 0.5) * (east - west);
    at[registers.v] = south + (y - j + 0.5) * (north - south);
    at[registers.w] =
      lb * (flow[b + 2] ?? 0) + la * (flow[b + 6] ?? 0) + ub * (flow[b + 10] ?? 0) + ua * (flow[b + 14] ?? 0);
    const low = before * (flow[b + 3] ?? 0) + after * (flow[b + 7] ?? 0);
    const high = before * (flow[b + 11] ?? 0) + after * (flow[b + 15] ?? 0);
    at[registers.diffusivity] = low + upper * (high - low);
    at[registers.gradient] = (high - low) * (nZ - 1);
  }
}

/** Places of the kernel's registers. */
const registers = {
  x: 0,
  y: 1,
  sigma: 2,
  share: 3,
  u: 4,
  v: 5,
  w: 6,
  diffusivity: 7,
  gradient: 8,
  rate: 9,
  count: 10,
} as const;
