import { mkdir, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { FrameWindow, WrfFrame } from "@/lib/formats/wrf/frame";
import type { MetFrame } from "@/lib/formats/wrf/inventory";
import type { LatLonGrid } from "@/lib/geo/grid";
import { fireOfRequest } from "@/lib/transport/fire-of-request";
import type { Fire } from "@/lib/transport/fire-release";
import type { Ledger } from "@/lib/transport/ledger";
import { type MetField, metField, surfaceFields } from "@/lib/transport/met-field";
import { type MetPair, metPair } from "@/lib/transport/met-pair";
import { modelVersion } from "@/lib/transport/model-version";
import { outputSampling } from "@/lib/transport/output-sampling";
import { stabilityAboveLayer } from "@/lib/transport/plume-profile";
import { SmokeSimulation } from "@/lib/transport/smoke-simulation";
import { surfaceAt } from "@/lib/transport/surface-at";
import { writeHourFile } from "@/server/programs/transport/hour-file";
import type { TransportParams } from "@/server/programs/transport/job";
import { windowFor } from "@/server/programs/transport/window-for";

export type TransportRun = {
  readonly params: TransportParams;
  readonly grid: LatLonGrid;
  /** Frames by time, the first not after the start and the last not before the end. */
  readonly frames: readonly MetFrame[];
  readFrame(frame: MetFrame, window: FrameWindow): Promise<WrfFrame>;
  /** Folder of the job's artifacts. */
  readonly out: string;
  log(line: string): void;
};

type HourRow = {
  readonly hour: number;
  readonly validAtUtc: string;
  readonly activeParticles: number;
  readonly ledger: Ledger;
};

/**
 * Runs the model over its frames, two at a time, and writes `hours/smoke_0001.nc` and its followers each as soon as the
 * hour is done, then `ledger.json`.
 */
export async function runTransport(run: TransportRun): Promise<void> {
  const { params, frames } = run;
  const [first] = frames;
  if (first === undefined) return;
  const fire = fireOfRequest(params, first.grid);
  const simulation = new SmokeSimulation({
    fire,
    sampling: outputSampling(run.grid, first.grid),
    particles: params.particles,
    seed: params.seed,
    sortEverySteps: 10,
  });
  const rows: HourRow[] = [];
  let isOverWater = false;
  const hours = join(run.out, "hours");
  await mkdir(hours, { recursive: true });
  for await (const { pair, stability, ...weather } of pairsOf(run, fire)) {
    isOverWater = weather.isOverWater;
    while (simulation.seconds < Math.min(pair.toSeconds, params.hours * 3600)) {
      const hourEnd = (rows.length + 1) * 3600;
      simulation.run(pair, Math.min(hourEnd, pair.toSeconds), stability);
      if (simulation.seconds === hourEnd) rows.push(await finishHour(run, simulation, hours, rows.length + 1));
    }
  }
  await writeLedger(run, { fire, hours: rows, warnings: isOverWater ? ["fire-over-water"] : [] });
}

type Weather = { readonly pair: MetPair; readonly stability: number; readonly isOverWater: boolean };

/** Frames in pairs around the run's time; a frame that ends one pair begins the next. */
async function* pairsOf(run: TransportRun, fire: Fire): AsyncGenerator<Weather> {
  const start = Date.parse(run.params.start);
  const secondsOf = (frame: MetFrame) => (Date.parse(frame.validAtUtc) - start) / 1000;
  let before: LoadedFrame | null = null;
  for (const [k, frame] of run.frames.entries()) {
    const next = run.frames[k + 1];
    if (next === undefined || secondsOf(frame) >= run.params.hours * 3600) break;
    if (secondsOf(next) <= 0) continue;
    const earlier: LoadedFrame = before ?? (await loadFrame(run, frame, fire));
    const later = await loadFrame(run, next, fire);
    const span = { fromSeconds: secondsOf(frame), toSeconds: secondsOf(next) };
    const stability = 0.5 * (earlier.stability + later.stability);
    yield { pair: metPair(earlier.field, later.field, span), stability, isOverWater: earlier.isOverWater };
    before = later;
  }
}

type LoadedFrame = { readonly field: MetField; readonly stability: number; readonly isOverWater: boolean };

async function loadFrame(run: TransportRun, frame: MetFrame, fire: Fire): Promise<LoadedFrame> {
  const raw = await run.readFrame(frame, windowFor(frame.grid, run.grid));
  const field = metField(raw);
  const layerTopM = surfaceAt(field, fire.x, fire.y, surfaceFields.layerTop);
  const [i, j] = [Math.round((fire.x - field.x0) * field.perDX), Math.round((fire.y - field.y0) * field.perDY)];
  const isOverWater = raw.landMask[j * field.nX + i] === 0;
  return { field, stability: stabilityAboveLayer(raw, fire.x, fire.y, layerTopM), isOverWater };
}

async function finishHour(run: TransportRun, simulation: SmokeSimulation, folder: string, hour: number) {
  const { seed, particles, start } = run.params;
  const validAtUtc = new Date(Date.parse(start) + hour * 3_600_000).toISOString();
  const ledger = simulation.ledger();
  const fields = simulation.takeHour();
  await writeHourFile(folder, { number: hour, validAtUtc, grid: run.grid, fields, ledger, seed, particles });
  const { activeParticles } = simulation;
  run.log(
    `hour ${hour} of ${run.params.hours}: ${activeParticles} particles, ${ledger.activeKg.toFixed(1)} kg in the air`,
  );
  return { hour, validAtUtc, activeParticles, ledger };
}

async function writeLedger(
  run: TransportRun,
  result: { readonly fire: Fire; readonly hours: readonly HourRow[]; readonly warnings: readonly string[] },
): Promise<void> {
  const { seed, particles, product } = run.params;
  const path = join(run.out, "ledger.json");
  const { hours } = result;
  const last = hours.at(-1)?.ledger;
  const content = {
    ...last,
    model: modelVersion,
    seed,
    particles,
    steps: hours.length,
    degraded: product.degraded,
    ...result,
  };
  await writeFile(`${path}.part`, `${JSON.stringify(content, null, 2)}\n`);
  await rename(`${path}.part`, path);
}
