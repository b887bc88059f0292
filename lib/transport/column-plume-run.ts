import { crossingProbability } from "@/lib/transport/coast-crossing";
import type { ColumnPlume, ColumnSource } from "@/lib/transport/column-plume";
import { ColumnWalk } from "@/lib/transport/column-walk";
import { hourlyReleaseTimes, valueAtSeconds, valueOfHour } from "@/lib/transport/hourly-series";
import { exp } from "@/lib/transport/portable-math";
import { RandomStream } from "@/lib/transport/random-stream";
import { layerDepositionRate } from "@/lib/transport/removal";

/** Where the amount of a run is; `emitted` is the sum of the others. */
export type ColumnLedger = {
  readonly emitted: number;
  readonly active: number;
  readonly decayed: number;
  readonly deposited: number;
  readonly washedOut: number;
  readonly beached: number;
  readonly left: number;
};

const [motionStream, releaseStream] = [1, 2];

/**
 * Runs a screening plume. Particles stand in arrays by source and release time; those that have beached or left keep their
 * place with amount 0. Works in place. The same seed gives the same bits.
 * Checked against scenario-smoke and scenario-bacteria (finite volumes) and mass-ledger.
 */
export class ColumnPlumeRun {
  seconds = 0;
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly z: Float64Array;
  readonly amount: Float64Array;
  /** Index of the source of each particle, and whether it has been released. */
  readonly source: Uint16Array;
  readonly released: Uint8Array;
  private readonly born: Float64Array;
  private readonly perParticle: readonly number[];
  private readonly walk: ColumnWalk;
  private readonly motion: RandomStream;
  private readonly start: RandomStream;
  private readonly depositionRate: number;
  private readonly lost = { emitted: 0, decayed: 0, deposited: 0, washedOut: 0, beached: 0, left: 0 };

  constructor(private readonly plume: ColumnPlume) {
    const times = plume.sources.map(({ ratesPerSecond, particles }) => hourlyReleaseTimes(ratesPerSecond, particles));
    const count = times.reduce((sum, list) => sum + list.length, 0);
    this.x = new Float64Array(count);
    this.y = new Float64Array(count);
    this.z = new Float64Array(count);
    this.amount = new Float64Array(count);
    this.source = Uint16Array.from(times.flatMap((list, source) => Array.from(list, () => source)));
    this.released = new Uint8Array(count);
    this.born = Float64Array.from(times.flatMap((list) => [...list]));
    this.perParticle = plume.sources.map(({ ratesPerSecond, particles }) => {
      return (ratesPerSecond.reduce((sum, rate) => sum + rate, 0) * 3600) / particles;
    });
    const { deposition } = plume.sinks;
    const layer = deposition?.layerM ?? 0;
    this.motion = new RandomStream(plume.seed, motionStream);
    this.start = new RandomStream(plume.seed, releaseStream);
    this.walk = new ColumnWalk(plume.mixing, this.motion, { longestM: plume.longestM, lowLayerM: layer });
    const nearBottom = plume.mixing.bottom + 0.5 * layer * plume.mixing.bottomSlope;
    this.depositionRate = deposition ? layerDepositionRate(deposition.velocityMs, layer, nearBottom) : 0;
  }

  /** One step: releases, moves and removes. */
  step(): void {
    const { plume, seconds } = this;
    const end = seconds + plume.stepSeconds;
    const number = Math.round(seconds / plume.stepSeconds);
    const washout = valueOfHour(plume.sinks.washout ?? [], seconds);
    for (let p = 0; p < this.x.length; p += 1) {
      const born = this.born[p] ?? 0;
      if (born >= end) continue;
      if (this.released[p] === 0) this.release(p);
      if (this.amount[p] === 0) continue;
      this.move(p, { from: Math.max(seconds, born), to: end, number });
      if (this.amount[p] !== 0) this.remove(p, { from: Math.max(seconds, born), to: end, washout });
    }
    this.seconds = end;
  }

  ledger(): ColumnLedger {
    const active = this.amount.reduce((sum, amount) => sum + amount, 0);
    return { ...this.lost, active };
  }

  private release(p: number): void {
    const index = this.source[p] ?? 0;
    const source = this.plume.sources[index];
    if (source === undefined) return;
    const { start } = this;
    start.seek(p, 0, 0);
    this.x[p] = source.x + source.sigmaM * start.normal();
    const y = source.y + source.sigmaM * start.normal();
    this.y[p] = this.plume.coast === "none" ? y : Math.abs(y);
    this.z[p] = this.startHeight(source);
    this.amount[p] = this.perParticle[index] ?? 0;
    this.lost.emitted += this.amount[p] ?? 0;
    this.released[p] = 1;
  }

  private startHeight({ heights }: ColumnSource): number {
    if (heights.kind === "between") return heights.lowM + (heights.highM - heights.lowM) * this.start.uniform();
    for (;;) {
      const z = heights.centreM + heights.sigmaM * this.start.normal();
      if (z >= 0 && z <= this.plume.mixing.heightM) return z;
    }
  }

  private move(p: number, { from, to, number }: { from: number; to: number; number: number }): void {
    const { plume, motion, walk } = this;
    const dt = to - from;
    motion.seek(p, number, 0);
    const spread = Math.sqrt(2 * plume.diffusivityM2s * dt);
    const middle = 0.5 * (from + to);
    const x = (this.x[p] ?? 0) + dt * valueAtSeconds(plume.uMs, middle) + spread * motion.normal();
    const before = this.y[p] ?? 0;
    let y = before + dt * valueAtSeconds(plume.vMs, middle) + spread * motion.normal();
    walk.z = this.z[p] ?? 0;
    walk.advance(dt);
    if (plume.coast === "reflect") y = Math.abs(y);
    this.x[p] = x;
    this.y[p] = y;
    this.z[p] = walk.z;
    if (plume.coast === "strand" && this.touchesCoast(before, y, dt)) this.drop(p, "beached");
    else if (plume.open && (x < plume.open.xMin || x > plume.open.xMax || y > plume.open.yMax)) this.drop(p, "left");
  }

  private touchesCoast(before: number, after: number, dt: number): boolean {
    const { diffusivityM2s } = this.plume;
    return after <= 0 || this.motion.uniform() < crossingProbability(before, after, { diffusivityM2s, dt });
  }

  private drop(p: number, sink: "beached" | "left"): void {
    this.lost[sink] += this.amount[p] ?? 0;
    this.amount[p] = 0;
  }

  private remove(p: number, { from, to, washout }: { from: number; to: number; washout: number }): void {
    const { sinks } = this.plume;
    const lowSeconds = this.depositionRate > 0 ? this.walk.lowSeconds : 0;
    if (lowSeconds > 0) this.keep(p, "deposited", exp(-this.depositionRate * lowSeconds));
    if (washout > 0) this.keep(p, "washedOut", exp(-washout * (to - from)));
    if (sinks.decay === undefined) return;
    this.keep(p, "decayed", exp(-sinks.decay(this.z[p] ?? 0, 0.5 * (from + to)) * (to - from)));
  }

  private keep(p: number, sink: "deposited" | "washedOut" | "decayed", share: number): void {
    const before = this.amount[p] ?? 0;
    const after = before * share;
    this.amount[p] = after;
    this.lost[sink] += before - after;
  }
}
