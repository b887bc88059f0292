import { type BurningGround, placeOnGround } from "@/lib/transport/burning-ground";
import { massQuantumKg, roundToQuantum } from "@/lib/transport/mass-quantum";
import { surfaceFields } from "@/lib/transport/met-field";
import type { MetPair } from "@/lib/transport/met-pair";
import type { ParticleStore } from "@/lib/transport/particle-store";
import { sofievPlumeTopM } from "@/lib/transport/plume-rise";
import { RandomStream } from "@/lib/transport/random-stream";
import { relativeRate, releaseTimesSeconds, type TimeProfile } from "@/lib/transport/release-schedule";
import { surfaceAt } from "@/lib/transport/surface-at";

/** A fire as the model releases it. */
export type Fire = {
  /** Centre in projection coordinates, m: where the boundary layer is looked up. */
  readonly x: number;
  readonly y: number;
  readonly ground: BurningGround;
  readonly emittedKg: number;
  readonly durationSeconds: number;
  /** Mean over the duration. */
  readonly radiativePowerWatts: number;
  /** Share of the emission that rises with the plume, 0..1. */
  readonly flamingShare: number;
  readonly profile: TimeProfile;
  /** When it starts, seconds after the start of the run; absent = with the run. */
  readonly startSeconds?: number;
  /** Added to the plume's top, m; absent = none. */
  readonly riseM?: number;
};

const lowestPlumeTopM = 30;
const releaseStream = 2;

/**
 * Releases the particles of a fire: all of one mass, evenly in emitted mass over time, on the burning ground. The
 * flaming share leaves between a third of Sofiev's plume top and the top, the rest below a third of the boundary layer.
 */
export class FireRelease {
  /** kg; each particle's mass at release, and the unit of all masses of the run. */
  readonly particleKg: number;
  readonly quantumKg: number;
  private readonly times: Float64Array;
  private readonly random: RandomStream;
  private readonly startSeconds: number;
  private next = 0;

  constructor(
    private readonly fire: Fire,
    count: number,
    seed: number,
  ) {
    this.quantumKg = massQuantumKg(fire.emittedKg / count);
    this.particleKg = roundToQuantum(fire.emittedKg / count, this.quantumKg);
    this.startSeconds = fire.startSeconds ?? 0;
    this.times = releaseTimesSeconds(count, fire.durationSeconds, fire.profile).map((time) => time + this.startSeconds);
    this.random = new RandomStream(seed, releaseStream);
  }

  /** Mass released so far, kg. */
  get emittedKg(): number {
    return this.next * this.particleKg;
  }

  /** True once every particle has been released. */
  get isOver(): boolean {
    return this.next === this.times.length;
  }

  /**
   * Adds the particles that leave before a time to the store, which must have room.
   * @param stability  squared buoyancy frequency above the boundary layer, s-2
   */
  release(particles: ParticleStore, pair: MetPair, untilSeconds: number, stability: number): void {
    while (this.next < this.times.length && (this.times[this.next] ?? 0) < untilSeconds) {
      this.place(particles, pair, stability);
      this.next += 1;
    }
  }

  private place(particles: ParticleStore, pair: MetPair, stability: number): void {
    const { fire, random } = this;
    const born = this.times[this.next] ?? 0;
    const p = particles.count;
    random.seek(this.next, 0, 0);
    const [x, y] = placeOnGround(fire.ground, random, (born - this.startSeconds) / fire.durationSeconds);
    particles.count += 1;
    particles.x[p] = x;
    particles.y[p] = y;
    const layerTopM = this.layerTopM(pair, born);
    // Particle n is of the flaming share when that share of n + 1 has just grown by one: exact for any count.
    const isFlaming = Math.floor((this.next + 1) * fire.flamingShare) > Math.floor(this.next * fire.flamingShare);
    const topM = isFlaming ? this.plumeTopM(layerTopM, born, stability) : layerTopM / 3;
    const bottomM = isFlaming ? topM / 3 : 0;
    particles.z[p] = bottomM + random.uniform() * (topM - bottomM);
    particles.up[p] = random.normal();
    particles.vp[p] = random.normal();
    particles.wp[p] = random.normal();
    particles.mass[p] = this.particleKg;
    particles.born[p] = born;
    particles.id[p] = this.next;
    particles.cell[p] = -1;
    particles.groundRun[p] = 0;
    particles.columnRun[p] = 0;
    particles.level[p] = 0;
  }

  private layerTopM(pair: MetPair, seconds: number): number {
    const share = (seconds - pair.fromSeconds) / (pair.toSeconds - pair.fromSeconds);
    const before = surfaceAt(pair.before, this.fire.x, this.fire.y, surfaceFields.layerTop);
    const after = surfaceAt(pair.after, this.fire.x, this.fire.y, surfaceFields.layerTop);
    return before + share * (after - before);
  }

  private plumeTopM(layerTopM: number, born: number, stability: number): number {
    const share = (born - this.startSeconds) / this.fire.durationSeconds;
    const rate = Math.max(relativeRate(share, this.fire.profile), 1e-3);
    const topM = sofievPlumeTopM(layerTopM, rate * this.fire.radiativePowerWatts, stability) + (this.fire.riseM ?? 0);
    return Math.max(topM, lowestPlumeTopM);
  }
}
