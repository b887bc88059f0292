import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { NereusError } from "@/lib/errors";
import { seaDomain } from "@/lib/transport/sea-domain";
import { seaStepSeconds } from "@/lib/transport/sea-step";
import { seaWindow } from "@/lib/transport/sea-window";
import { DieOff } from "@/server/programs/bacteria/die-off";
import { FarmRecord } from "@/server/programs/bacteria/farm-record";
import { Frames } from "@/server/programs/bacteria/frames";
import { writeBacteriaHour } from "@/server/programs/bacteria/hour-file";
import type { BacteriaJob } from "@/server/programs/bacteria/job";
import { seaLedger, writeLedger } from "@/server/programs/bacteria/ledger";
import { type PlannedRun, planRun } from "@/server/programs/bacteria/plan-run";
import { openSeaFiles } from "@/server/programs/bacteria/sea-source";
import { startThreads } from "@/server/programs/bacteria/sea-threads";
import type { PartOrder } from "@/server/programs/bacteria/serve-part";
import type { ProgramLog } from "@/server/programs/run-program";

/**
 * Follows bacteria from outfalls through the frames of the currents, two at a time, and writes `hours/bacteria_0001.nc` and
 * its followers each as soon as the hour is done, then `farms.json` (hourly concentration by farm and depth) and
 * `ledger.json`.
 * @param entry  what a thread runs; null = all in this thread
 */
export async function runBacteria(
  { params, inputs, out }: BacteriaJob,
  log: ProgramLog,
  entry: URL | null,
): Promise<void> {
  const { grid: map } = params.product;
  if (map.kind !== "latlon")
    throw new NereusError("input-invalid", { field: "product.grid", problem: "a longitude-latitude grid is expected" });
  const files = await openSeaFiles(inputs.sea);
  const domain = seaDomain(files.grid, seaWindow(files.grid, map));
  const frames = new Frames(files, domain, Date.parse(params.start));
  const stepSeconds = seaStepSeconds(domain, await frames.first());
  const planned = planRun(params, { grid: files.grid, domain, map, stepSeconds });
  const dieOff = new DieOff(params, frames);
  const farms = new FarmRecord(params, planned);
  const threads = startThreads(planned.setup, params.threads, entry);
  const rows: ReturnType<typeof seaLedger>[] = [];
  await mkdir(join(out, "hours"), { recursive: true });
  log(
    `${planned.setup.sources.length} sources, step ${stepSeconds} s, ${domain.window.nX} x ${domain.window.nY} x ${domain.nZ} cells`,
  );
  try {
    const orders = ordersOf({ planned, frames, dieOff });
    let coming = orders.next();
    for (;;) {
      const next = await coming;
      if (next.done) break;
      const working = threads.order(next.value.order);
      // The next frames are laid out while the threads work.
      coming = orders.next();
      coming.catch(() => undefined);
      const tally = await working;
      if (tally === null) continue;
      const hour = rows.length + 1;
      const ledger = seaLedger(planned.setup, tally);
      rows.push(ledger);
      farms.add(tally, next.value.current);
      await writeBacteriaHour(join(out, "hours"), { hour, params, map, domain, planned, tally, ledger });
      log(`hour ${hour} of ${params.hours}: ${tally.particles} particles, ${ledger.active.toExponential(2)} CFU alive`);
    }
  } finally {
    await threads.close();
  }
  await farms.write(join(out, "farms.json"));
  await writeLedger(join(out, "ledger.json"), { params, planned, hours: rows, inventory: files.inventory });
}

type Order = { readonly order: PartOrder; readonly current: ReturnType<Frames["currentAt"]> };
type Run = { readonly planned: PlannedRun; readonly frames: Frames; readonly dieOff: DieOff };

/** What the threads do, in turn: the samples of an hour that lie between two frames. */
async function* ordersOf({ planned, frames, dieOff }: Run): AsyncGenerator<Order> {
  const { setup } = planned;
  const sampleSeconds = setup.stepsPerSample * setup.stepSeconds;
  const samplesPerHour = 3600 / sampleSeconds;
  for (let hour = 0; hour < setup.hours; hour += 1) {
    let sample = 0;
    while (sample < samplesPerHour) {
      const from = hour * 3600 + sample * sampleSeconds;
      const pair = await frames.pairAt(from, setup.stepSeconds);
      const samples: PartOrder["samples"][number][] = [];
      for (; sample < samplesPerHour; sample += 1) {
        const seconds = hour * 3600 + sample * sampleSeconds;
        if (seconds >= pair.toSeconds && seconds > from) break;
        const decay = dieOff.at(seconds + sampleSeconds / 2);
        samples.push({ first: seconds / setup.stepSeconds, decay });
      }
      const isHourEnd = sample === samplesPerHour;
      yield { order: { pair, samples, isHourEnd }, current: frames.currentAt((hour + 0.5) * 3600) };
    }
  }
}
