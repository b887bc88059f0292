import { mkdir, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { encodeClassicNetcdf } from "@/lib/formats/netcdf-classic-writer";
import { prepareBalance } from "@/server/programs/demo-weather/balance-mass";
import { buildDomain } from "@/server/programs/demo-weather/domain";
import type { DemoWeatherJob } from "@/server/programs/demo-weather/job";
import { rainOfHour } from "@/server/programs/demo-weather/rain";
import { simulateHour } from "@/server/programs/demo-weather/simulate-hour";
import { constantVariables, wrfFile, wrfTime } from "@/server/programs/demo-weather/wrf-file";
import type { ProgramLog } from "@/server/programs/run-program";

/** Writes one file per hour under WRF's names; each appears whole, by rename, so that consumers may start at once. */
export async function simulateCycle(job: DemoWeatherJob, log: ProgramLog): Promise<void> {
  const cycle = new Date(`${job.params.cycle.slice(0, 13)}:00:00Z`);
  const domain = buildDomain();
  const balance = prepareBalance(domain);
  const constant = constantVariables(domain);
  const dry = new Float32Array(domain.mass.length);
  let sinceCycleMm: Float32Array = dry;
  await mkdir(job.out, { recursive: true });
  for (let lead = 0; lead <= job.params.hours; lead += 1) {
    const valid = new Date(cycle.valueOf() + lead * 3_600_000);
    const hours = valid.valueOf() / 3_600_000;
    const lastHourMm = lead === 0 ? dry : rainOfHour(domain, hours);
    sinceCycleMm = sinceCycleMm.map((total, cell) => total + (lastHourMm[cell] ?? 0));
    const name = `wrfout_d01_${wrfTime(valid)}.nc`;
    const hour = simulateHour(domain, balance, hours);
    const file = wrfFile(name, { cycle, valid, constant, hour, rain: { sinceCycleMm, lastHourMm } });
    const path = join(job.out, name);
    await writeFile(`${path}.part`, encodeClassicNetcdf(file));
    await rename(`${path}.part`, path);
    log(`hour ${lead} of ${job.params.hours}: ${name}`);
  }
}
