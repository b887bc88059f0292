import { mkdir, readdir, rename, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { NereusError } from "@/lib/errors";
import { describeOutput } from "@/server/programs/describe-output";
import type { ProgramLog } from "@/server/programs/run-program";
import type { StandInJob } from "@/server/programs/stand-in/job";
import { standIns } from "@/server/programs/stand-in/models";
import type { StandInFile, StandInHour, StandInWork } from "@/server/programs/stand-in/stand-in";

/**
 * Does as a model does, as far as others can see: waits for its inputs, writes its files under their true names, each
 * whole by rename, the hourly ones at a pace.
 * @throws {NereusError} file-unreadable for an input without a file
 */
export async function runStandIn({ params, inputs, out }: StandInJob, log: ProgramLog): Promise<void> {
  for (const [name, place] of Object.entries(inputs)) await demandFile(name, place);
  const model = standIns[params.model];
  const hours = hoursOf(params);
  const work: StandInWork = { startUtc: params.start, hours, grid: params.grid };
  const write = (files: readonly StandInFile[]) => writeAll(out, files);
  await write(model.atOnce?.(work) ?? []);
  for (const hour of model.hourly === undefined ? [] : hours) {
    await pause(params.paceSeconds * 1000);
    await write(model.hourly?.(work, hour) ?? []);
    log(`${params.model}: ${hour.validAtUtc}`);
  }
  await write(model.atEnd?.(work) ?? []);
  log(`${params.model}: done`);
}

function hoursOf({ start, days, day, hoursPerDay }: StandInJob["params"]): readonly StandInHour[] {
  const numbers = day === null ? Array.from({ length: days }, (_, index) => index) : [day];
  return numbers.flatMap((number) =>
    Array.from({ length: hoursPerDay }, (_, hour) => {
      const lead = number * 24 + hour;
      const validAtUtc = new Date(Date.parse(start) + lead * 3_600_000).toISOString().replace(".000Z", "Z");
      return { validAtUtc, day: number, lead };
    }),
  );
}

async function demandFile(name: string, place: string): Promise<void> {
  if (!(await stat(place)).isDirectory()) return;
  const entries = await readdir(place, { recursive: true, withFileTypes: true });
  if (entries.some((entry) => entry.isFile())) return;
  throw new NereusError("file-unreadable", { file: place, problem: `the input ${name} holds no file` });
}

async function writeAll(out: string, files: readonly StandInFile[]): Promise<void> {
  for (const { path, bytes, metadata } of files) {
    await mkdir(dirname(join(out, path)), { recursive: true });
    if (metadata !== undefined) await describeOutput(out, { path, metadata });
    await writeFile(join(out, `${path}.part`), bytes);
    await rename(join(out, `${path}.part`), join(out, path));
  }
}
