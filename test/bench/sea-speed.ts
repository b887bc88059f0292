import { RandomStream } from "@/lib/transport/random-stream";
import { type SeaPair, seaPair } from "@/lib/transport/sea-field";
import { SeaKernel } from "@/lib/transport/sea-kernel";
import { SeaParticles, seaStatus } from "@/lib/transport/sea-particles";
import { median } from "@/test/bench/median";

const cells = 200;
const levels = 30;
const depthM = 58;
const spacingM = 500;
const count = 200_000;
const stepsPerSort = 10;
const stepsPerRound = 20;
const rounds = 5;

const physics = {
  seed: 1,
  stepSeconds: 60,
  horizontalM2s: 1,
  darkPerSecond: 1e-5,
  lightPerSecond: 2e-4,
  extinctionPerM: 0.2,
};

/**
 * The sea kernel on the set-up of the yard-stick: 200,000 particles in 200 x 200 x 30 cells with land, sorted every ten
 * steps. Millions of particle-steps per second of one core, the median of five rounds.
 */
export function seaKernelSpeed(): number {
  const pair = gyres();
  const kernel = new SeaKernel(pair, physics);
  let particles = releaseEverywhere(pair);
  let spare = new SeaParticles(count);
  const speeds: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const before = process.cpuUsage();
    let done = 0;
    for (let step = 0; step < stepsPerRound; step += stepsPerSort) {
      particles.sortInto(spare, pair);
      [particles, spare] = [spare, particles];
      kernel.advance(particles, round * stepsPerRound + step, stepsPerSort);
      done += activeIn(particles) * stepsPerSort;
    }
    const { user, system } = process.cpuUsage(before);
    speeds.push(done / (user + system));
  }
  return median(speeds);
}

/** Two frames of gyres, the later one 40 % stronger, over land in blocks. */
function gyres(): SeaPair {
  const strength = (frame: number) => (frame === 0 ? 1 : 1.4);
  const shape = (k: number) => Math.sin((Math.PI * k) / (levels - 1));
  return seaPair({
    nX: cells,
    nY: cells,
    nZ: levels,
    fromSeconds: 0,
    toSeconds: 7200,
    isSea: (i, j) => !((Math.trunc(i / 20) + Math.trunc(j / 20)) % 10 === 0 && i % 20 > 3),
    spacingX: () => spacingM,
    spacingY: () => spacingM,
    depth: () => depthM,
    u: (frame, _k, j, i) => 0.3 * strength(frame) * Math.sin(0.05 * i) * Math.cos(0.05 * j) + 0.06,
    v: (frame, _k, j, i) => -0.3 * strength(frame) * Math.cos(0.05 * i) * Math.sin(0.05 * j),
    sigmaRate: (_frame, k, j, i) => (2e-4 * shape(k) * Math.sin(0.05 * (i + j))) / depthM,
    diffusivity: (_frame, k) => 1e-4 + 5e-3 * shape(k) * shape(k),
  });
}

function releaseEverywhere({ nX, nY, mask }: SeaPair): SeaParticles {
  const particles = new SeaParticles(count);
  const random = new RandomStream(1, 2);
  for (let p = 0; p < count; p += 1) {
    random.seek(p, 0, 0);
    const [x, y] = [random.uniform() * (nX - 2), random.uniform() * (nY - 2)];
    particles.x[p] = x;
    particles.y[p] = y;
    particles.sigma[p] = -random.uniform();
    particles.amount[p] = 1;
    particles.id[p] = p;
    particles.status[p] = mask[Math.round(y) * nX + Math.round(x)] === 1 ? seaStatus.active : seaStatus.left;
  }
  particles.count = count;
  return particles;
}

function activeIn(particles: SeaParticles): number {
  let active = 0;
  for (let p = 0; p < particles.count; p += 1) if (particles.status[p] === seaStatus.active) active += 1;
  return active;
}
