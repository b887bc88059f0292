import { AirMotion, type WindChange } from "@/lib/transport/air-motion";
import { type Fire, FireRelease } from "@/lib/transport/fire-release";
import { closedLedger, type Ledger } from "@/lib/transport/ledger";
import { roundToQuantum } from "@/lib/transport/mass-quantum";
import type { MetPair } from "@/lib/transport/met-pair";
import type { OutputSampling } from "@/lib/transport/output-sampling";
import { ParticleStore } from "@/lib/transport/particle-store";
import { type HourFields, PlumeSampler } from "@/lib/transport/plume-sampler";
import { RandomStream } from "@/lib/transport/random-stream";
import { keptByDeposition, keptByRain, washoutTopM } from "@/lib/transport/removal";
import { CellSorter } from "@/lib/transport/sort-by-cell";

/** Longest step and spacing of samples, s. */
const stepSeconds = 60;
const motionStream = 1;

export type SmokeSetUp = {
  readonly fire: Fire;
  readonly sampling: OutputSampling;
  readonly particles: number;
  /** 0 .. 2^32 - 1. */
  readonly seed: number;
  /** Steps between two sorts of the particles by cell; changes speed, never results. */
  readonly sortEverySteps: number;
  /** Start of the run's clock, a multiple of 60 s, not above 0; absent = 0. What comes before 0 is not sampled. */
  readonly fromSeconds?: number;
  readonly wind?: WindChange;
  /** Particles that a value must rest on to be shown; absent = 4. */
  readonly fewestParticles?: number;
};

/**
 * One smoke run: releases, moves, removes and samples particles on synchronised steps of 60 s. Give it the pairs of
 * frames in turn; take the hour's fields whenever an hour is full. The same set-up gives the same bits for any sort
 * interval. Works in place and allocates nothing per step.
 */
export class SmokeSimulation {
  /** Seconds after the start of the run. */
  seconds: number;
  /** Particle-steps done so far. */
  particleSteps = 0;
  private particles: ParticleStore;
  private spare: ParticleStore;
  private readonly release: FireRelease;
  private readonly sampler: PlumeSampler;
  private readonly random: RandomStream;
  private readonly motion: AirMotion;
  private readonly sorter = new CellSorter();
  private piece = 0;
  private dryKg = 0;
  private wetKg = 0;
  private exitedKg = 0;

  constructor(private readonly setUp: SmokeSetUp) {
    this.particles = new ParticleStore(setUp.particles);
    this.spare = new ParticleStore(setUp.particles);
    this.release = new FireRelease(setUp.fire, setUp.particles, setUp.seed);
    this.seconds = setUp.fromSeconds ?? 0;
    this.sampler = new PlumeSampler(setUp.sampling, this.release.particleKg, setUp.fewestParticles);
    this.random = new RandomStream(setUp.seed, motionStream);
    this.motion = new AirMotion(this.random, { turbulent: true, ...(setUp.wind ? { wind: setUp.wind } : {}) });
  }

  get activeParticles(): number {
    return this.particles.count;
  }

  /**
   * Runs on within the span of a pair of frames.
   * @param stability  squared buoyancy frequency above the boundary layer at the fire, s-2
   */
  run(pair: MetPair, untilSeconds: number, stability: number): void {
    this.sampler.cover(pair);
    while (this.seconds < untilSeconds) {
      const step = Math.floor(this.seconds / stepSeconds);
      const stepEnd = (step + 1) * stepSeconds;
      const end = Math.min(stepEnd, untilSeconds);
      if (this.piece === 0 && step % this.setUp.sortEverySteps === 0) this.sort(pair);
      if (!this.release.isOver) this.release.release(this.particles, pair, end, stability);
      this.moveAll(pair, step, end);
      this.seconds = end;
      // A frame may lie inside a step: the step is then done in pieces, each with random numbers of its own.
      this.piece = end < stepEnd ? this.piece + 1 : 0;
      if (end === stepEnd && end > 0) this.sampler.sample(this.particles);
    }
  }

  /** Means of the samples since the last call. */
  takeHour(): HourFields {
    return this.sampler.takeHour(this.particles);
  }

  ledger(): Ledger {
    let activeKg = 0;
    for (let p = 0; p < this.particles.count; p += 1) activeKg += this.particles.mass[p] ?? 0;
    const { dryKg, wetKg, exitedKg } = this;
    return closedLedger({ emittedKg: this.release.emittedKg, activeKg, dryKg, wetKg, exitedKg });
  }

  private sort(pair: MetPair): void {
    this.sorter.sort(this.particles, this.spare, pair.after);
    [this.particles, this.spare] = [this.spare, this.particles];
  }

  private moveAll(pair: MetPair, step: number, end: number): void {
    const { particles, motion, random } = this;
    this.particleSteps += particles.count;
    for (let p = particles.count - 1; p >= 0; p -= 1) {
      motion.x = particles.x[p] ?? 0;
      motion.y = particles.y[p] ?? 0;
      motion.z = particles.z[p] ?? 0;
      motion.up = particles.up[p] ?? 0;
      motion.vp = particles.vp[p] ?? 0;
      motion.wp = particles.wp[p] ?? 0;
      motion.level = particles.level[p] ?? 0;
      random.seek(particles.id[p] ?? 0, step, this.piece);
      const start = Math.max(this.seconds, particles.born[p] ?? 0);
      motion.advance(pair, start, end);
      if (motion.outside) {
        this.exitedKg += particles.mass[p] ?? 0;
        this.sampler.book(particles, p);
        particles.remove(p);
        continue;
      }
      particles.x[p] = motion.x;
      particles.y[p] = motion.y;
      particles.z[p] = motion.z;
      particles.up[p] = motion.up;
      particles.vp[p] = motion.vp;
      particles.wp[p] = motion.wp;
      particles.level[p] = motion.level;
      if (motion.lowSeconds > 0) this.depositDry(p, motion.lowSeconds);
      if (pair.washout !== null && motion.z < washoutTopM) this.depositWet(pair, p, end - start);
    }
  }

  private depositDry(p: number, lowSeconds: number): void {
    const mass = this.particles.mass[p] ?? 0;
    const kept = roundToQuantum(mass * keptByDeposition(lowSeconds), this.release.quantumKg);
    this.particles.mass[p] = kept;
    this.dryKg += mass - kept;
  }

  private depositWet(pair: MetPair, p: number, seconds: number): void {
    const { after, washout } = pair;
    const x = this.particles.x[p] ?? 0;
    const y = this.particles.y[p] ?? 0;
    const i = Math.min(Math.max(Math.round((x - after.x0) * after.perDX), 0), after.nX - 1);
    const j = Math.min(Math.max(Math.round((y - after.y0) * after.perDY), 0), after.nY - 1);
    const rate = washout?.[j * after.nX + i] ?? 0;
    if (rate === 0) return;
    const mass = this.particles.mass[p] ?? 0;
    const kept = roundToQuantum(mass * keptByRain(rate, seconds), this.release.quantumKg);
    this.particles.mass[p] = kept;
    this.wetKg += mass - kept;
  }
}
