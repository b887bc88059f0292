import { mkdir, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fireOfRequest } from "@/lib/transport/fire-of-request";
import type { Fire } from "@/lib/transport/fire-release";
import type { Ledger } from "@/lib/transport/ledger";
import { modelVersion } from "@/lib/transport/model-version";
import { outputSampling } from "@/lib/transport/output-sampling";
import { SmokeSimulation } from "@/lib/transport/smoke-simulation";
import { writeHourFile } from "@/server/programs/transport/hour-file";
import type { TransportParams } from "@/server/programs/transport/job";
import { type WeatherSource, weatherPairs } from "@/server/programs/transport/weather-pairs";

export type TransportRun = Pick<WeatherSource, "grid" | "frames" | "readFrame"> & {
  readonly params: TransportParams;
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
  const source = { ...run, start: params.start, hours: params.hours };
  for await (const { pair, stability, ...weather } of weatherPairs(source, fire, 0)) {
    isOverWater = weather.isOverWater;
    while (simulation.seconds < Math.min(pair.toSeconds, params.hours * 3600)) {
      const hourEnd = (rows.length + 1) * 3600;
      simulation.run(pair, Math.min(hourEnd, pair.toSeconds), stability);
      if (simulation.seconds === hourEnd) rows.push(await finishHour(run, simulation, hours, rows.length + 1));
    }
  }
  await writeLedger(run, { fire, hours: rows, warnings: isOverWater ? ["fire-over-water"] : [] });
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
