import type { WrfFrame } from "@/lib/formats/wrf/frame";
import { AirMotion } from "@/lib/transport/air-motion";
import { metField } from "@/lib/transport/met-field";
import { type MetPair, metPair } from "@/lib/transport/met-pair";
import { ParticleStore } from "@/lib/transport/particle-store";
import { RandomStream } from "@/lib/transport/random-stream";
import { CellSorter } from "@/lib/transport/sort-by-cell";
import { inlineInnerLoops } from "@/server/programs/transport/inline-inner-loops";
import type { BenchmarkFigures } from "@/test/bench/benchmark-figures";
import { median } from "@/test/bench/median";
import { analyticFrame } from "@/test/fixtures/analytic-frame";

const cells = 200;
const spacingM = 4000;
const count = 50_000;
const stepSeconds = 60;
const stepsPerRound = 20;
const rounds = 5;
const sortEverySteps = 10;

/**
 * Motion of 50,000 particles in 200 x 200 x 40 boxes of changing weather, half of the columns neutral and half unstable:
 * millions of particle-steps of 60 s per second of one core, the median of five rounds, sorting included.
 */
export async function airKernel(): Promise<BenchmarkFigures> {
  inlineInnerLoops();
  const random = new RandomStream(1, 1);
  const motion = new AirMotion(random);
  const pair = metPair(metField(weather(1)), metField(weather(1.4)), { fromSeconds: 0, toSeconds: 3600 });
  let particles = releaseEverywhere(random);
  let spare = new ParticleStore(count);
  const sorter = new CellSorter();
  const speeds: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const before = process.cpuUsage();
    for (let step = 0; step < stepsPerRound; step += sortEverySteps) {
      sorter.sort(particles, spare, pair.after);
      [particles, spare] = [spare, particles];
      moveAll(particles, { motion, random, pair, step, number: round * stepsPerRound + step });
    }
    const { user, system } = process.cpuUsage(before);
    speeds.push((count * stepsPerRound) / (user + system));
  }
  const steps = count * stepsPerRound * rounds;
  return {
    figures: {
      mParticleStepsPerCoreSecond: median(speeds),
      meanSubSteps: motion.subSteps / steps,
    },
    postgres: "none",
  };
}

type Round = {
  readonly motion: AirMotion;
  readonly random: RandomStream;
  readonly pair: MetPair;
  readonly step: number;
  readonly number: number;
};

function moveAll(particles: ParticleStore, { motion, random, pair, step, number }: Round): void {
  for (let p = 0; p < count; p += 1) {
    motion.x = particles.x[p] ?? 0;
    motion.y = particles.y[p] ?? 0;
    motion.z = particles.z[p] ?? 0;
    motion.up = particles.up[p] ?? 0;
    motion.vp = particles.vp[p] ?? 0;
    motion.wp = particles.wp[p] ?? 0;
    motion.level = particles.level[p] ?? 0;
    for (let n = 0; n < sortEverySteps; n += 1) {
      random.seek(particles.id[p] ?? 0, number + n, 0);
      motion.advance(pair, (step + n) * stepSeconds, (step + n + 1) * stepSeconds);
      motion.x = wrap(motion.x, pair.xMax);
      motion.y = wrap(motion.y, pair.yMax);
    }
    particles.x[p] = motion.x;
    particles.y[p] = motion.y;
    particles.z[p] = motion.z;
    particles.up[p] = motion.up;
    particles.vp[p] = motion.vp;
    particles.wp[p] = motion.wp;
    particles.level[p] = motion.level;
  }
}

/** Keeps the number of particles: who leaves on one side comes in on the other. */
function wrap(at: number, size: number): number {
  if (at < 0) return at + size;
  return at >= size ? at - size : at;
}

/** Wavy wind, 40 % stronger at the second time; columns of the western half are neutral, the others unstable. */
function weather(strength: number): WrfFrame {
  const perCell = 0.05 / spacingM;
  const frame = analyticFrame({
    nX: cells,
    nY: cells,
    spacingM,
    wind: (x, y, z) => {
      const [a, b] = [perCell * x, perCell * y];
      const rise = 0.05 * Math.sin((Math.PI * z) / 4000) * Math.sin(a + b);
      const turn = 6 * strength;
      return [turn * Math.sin(a) * Math.cos(b) + 1.2, -turn * Math.cos(a) * Math.sin(b), rise];
    },
  });
  for (let point = 0; point < cells * cells; point += 1) {
    const isUnstable = point % cells >= cells / 2;
    frame.boundaryLayerHeightM[point] = isUnstable ? 1400 : 900;
    frame.frictionVelocityMetresPerSecond[point] = isUnstable ? 0.35 : 0.45;
    frame.sensibleHeatFluxWPerM2[point] = isUnstable ? 99 : 0;
  }
  return frame;
}

function releaseEverywhere(random: RandomStream): ParticleStore {
  const particles = new ParticleStore(count);
  particles.count = count;
  for (let p = 0; p < count; p += 1) {
    random.seek(p, 1_000_000, 0);
    particles.x[p] = random.uniform() * (cells - 2) * spacingM;
    particles.y[p] = random.uniform() * (cells - 2) * spacingM;
    const top = (particles.x[p] ?? 0) < (cells / 2) * spacingM ? 900 : 1400;
    particles.z[p] = random.uniform() * top;
    particles.up[p] = random.normal();
    particles.vp[p] = random.normal();
    particles.wp[p] = random.normal();
    particles.id[p] = p;
  }
  return particles;
}
