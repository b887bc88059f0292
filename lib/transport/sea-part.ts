import type { SeaPair } from "@/lib/transport/sea-field";
import { SeaKernel } from "@/lib/transport/sea-kernel";
import { SeaParticles, seaStatus } from "@/lib/transport/sea-particles";
import { SeaSampler } from "@/lib/transport/sea-sampler";
import { leastSurvival, quantumOf, type SeaSetup } from "@/lib/transport/sea-setup";
import { ledgerPlaces, type SeaTally } from "@/lib/transport/sea-tally";

/** Samples between two sortings by cell. */
const samplesPerSort = 3;

/** How bacteria die in an interval: in the dark, and by the light at the surface, 1/s. */
export type SeaDecay = { readonly darkPerSecond: number; readonly lightPerSecond: number };

/**
 * One thread's share of a run: every `parts`-th particle, from its release to its end. Whatever the number of parts, the
 * particles do the same, and the sums of all parts are equal to the last bit.
 */
export class SeaPart {
  private particles: SeaParticles;
  private spare: SeaParticles;
  private readonly before: Float32Array;
  private readonly sampler: SeaSampler;
  private readonly ledger = new Float64Array(ledgerPlaces.count);
  private readonly perQuantum: number;
  private readonly perHour: number;
  private readonly bySlot: readonly (readonly number[])[];
  private samples = 0;

  constructor(
    private readonly setup: SeaSetup,
    { part, parts }: { readonly part: number; readonly parts: number },
  ) {
    this.perHour = setup.sources.length * setup.particlesPerHour;
    const capacity = setup.hours * Math.ceil(this.perHour / parts);
    this.particles = new SeaParticles(capacity);
    this.spare = new SeaParticles(capacity);
    this.before = new Float32Array(capacity);
    this.perQuantum = 1 / quantumOf(setup);
    this.sampler = new SeaSampler(setup);
    this.bySlot = releaseSlots(setup, part, parts);
  }

  /** Follows the particles from one sample to the next within an hour. @param first  number of the first step */
  advance(pair: SeaPair, first: number, decay: SeaDecay): void {
    const { setup, particles, before, perQuantum } = this;
    const { stepsPerSample, stepSeconds } = setup;
    const slot = (Math.trunc(first / stepsPerSample) % this.bySlot.length) | 0;
    this.release(Math.trunc((first * stepSeconds) / 3600), slot);
    before.set(particles.amount.subarray(0, particles.count));
    const { seed, horizontalM2s, extinctionPerM } = setup;
    const physics = { seed, stepSeconds, horizontalM2s, extinctionPerM, ...decay };
    new SeaKernel(pair, physics).advance(particles, first, stepsPerSample);
    let decayed = 0;
    for (let p = 0; p < particles.count; p += 1)
      decayed += Math.round((before[p] ?? 0) * perQuantum) - Math.round((particles.amount[p] ?? 0) * perQuantum);
    this.add(ledgerPlaces.decayed, decayed);
    this.sampler.sample(particles, Math.trunc(first / stepsPerSample));
    this.samples += 1;
    if (this.samples % samplesPerSort === 0) this.tidy(pair);
  }

  /** The sums since the last call, and the balance since the start. */
  takeHour(pair: SeaPair): SeaTally {
    this.tidy(pair);
    let active = 0;
    const { particles } = this;
    for (let p = 0; p < particles.count; p += 1) active += Math.round((particles.amount[p] ?? 0) * this.perQuantum);
    this.ledger[ledgerPlaces.active] = active;
    return { ...this.sampler.take(), ledger: Float64Array.from(this.ledger), particles: particles.count };
  }

  private add(place: number, quanta: number): void {
    this.ledger[place] = (this.ledger[place] ?? 0) + quanta;
  }

  private release(hour: number, slot: number): void {
    const { setup, particles, perHour } = this;
    for (const index of this.bySlot[slot] ?? []) {
      const source = setup.sources[Math.trunc(index / setup.particlesPerHour)];
      const amount = Math.fround(this.strength(hour, index));
      if (source === undefined || amount === 0) continue;
      const p = particles.count;
      particles.count += 1;
      particles.x[p] = source.x;
      particles.y[p] = source.y;
      particles.sigma[p] = source.sigma;
      particles.amount[p] = amount;
      particles.id[p] = hour * perHour + index;
      particles.status[p] = seaStatus.active;
      this.add(ledgerPlaces.emitted, Math.round(amount * this.perQuantum));
    }
  }

  /** CFU of a particle at release. */
  private strength(hour: number, index: number): number {
    const { sources, particlesPerHour } = this.setup;
    return ((sources[Math.trunc(index / particlesPerHour)]?.loadPerSecond[hour] ?? 0) * 3600) / particlesPerHour;
  }

  /** Takes out who left or became too weak, and sorts the others by cell. */
  private tidy(pair: SeaPair): void {
    const { particles, perHour, perQuantum } = this;
    for (let p = particles.count - 1; p >= 0; p -= 1) {
      const id = particles.id[p] ?? 0;
      const amount = particles.amount[p] ?? 0;
      const hasLeft = particles.status[p] === seaStatus.left;
      const isWeak = amount < leastSurvival * this.strength(Math.trunc(id / perHour), id % perHour);
      if (!hasLeft && !isWeak) continue;
      this.add(hasLeft ? ledgerPlaces.left : ledgerPlaces.culled, Math.round(amount * perQuantum));
      particles.moveLastTo(p);
    }
    particles.sortInto(this.spare, pair);
    [this.particles, this.spare] = [this.spare, particles];
  }
}

/** Which particles of an hour start at which sample: those of a source evenly over the hour, every `parts`-th ours. */
function releaseSlots(setup: SeaSetup, part: number, parts: number): readonly (readonly number[])[] {
  const slots = Math.round(3600 / (setup.stepSeconds * setup.stepsPerSample));
  const lists = Array.from({ length: slots }, (): number[] => []);
  for (let index = part; index < setup.sources.length * setup.particlesPerHour; index += parts)
    lists[Math.trunc(((index % setup.particlesPerHour) * slots) / setup.particlesPerHour)]?.push(index);
  return lists;
}
