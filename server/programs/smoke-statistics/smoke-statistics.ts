import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { NereusError } from "@/lib/errors";
import type { LatLonGrid } from "@/lib/geo/grid";
import { ensembleHour } from "@/lib/transport/ensemble-hour";
import { arrivalThresholds, PlumeSummary, smokeThresholds } from "@/lib/transport/plume-summary";
import { type MemberEntries, readMemberHour } from "@/server/formats/member-hour";
import { filesIn } from "@/server/programs/only-file";
import { readPm25 } from "@/server/programs/read-pm25";
import type { ProgramLog } from "@/server/programs/run-program";
import { writeFieldFile } from "@/server/programs/smoke-statistics/field-file";
import type { SmokeStatisticsJob } from "@/server/programs/smoke-statistics/job";

/**
 * Writes `summary.nc`: arrival, hours above, maximum and dose of a run, or the medians of an ensemble; for an ensemble
 * also `hours/ensemble_0001.nc` and its followers, with percentiles, probabilities and the counting error.
 */
export async function smokeStatistics({ params, inputs, out }: SmokeStatisticsJob, log: ProgramLog): Promise<void> {
  const { product, members } = params;
  const { grid } = product;
  if (grid.kind !== "latlon")
    throw new NereusError("input-invalid", { field: "product.grid", problem: "a longitude-latitude grid is expected" });
  await mkdir(join(out, "hours"), { recursive: true });
  const paths = (await filesIn([inputs.hours])).filter((path) => path.endsWith(".nc"));
  const summary = new PlumeSummary(grid.nX * grid.nY, Math.max(members, 1));
  if (members === 0) {
    for (const [at, path] of paths.entries()) {
      const pm25 = await readPm25(path);
      summary.cover(pm25.map((value) => (Number.isNaN(value) ? 0 : 1)));
      summary.add(0, at + 1, pm25);
    }
  } else {
    // The hours of all groups of members stand one after the other in their names.
    for (const [hour, own] of [...groupByHour(paths)].sort(([a], [b]) => a - b)) {
      const parts = await Promise.all(own.map(readMemberHour));
      const covered = coveredBy(parts, grid);
      summary.cover(covered);
      for (const part of parts) addMembers(summary, part, grid);
      const path = join(out, "hours", `ensemble_${String(hour).padStart(4, "0")}.nc`);
      await writeEnsembleHour(path, parts, { grid, covered, members });
      log(`hour ${hour}: ${own.length} groups of members`);
    }
  }
  const { arrivalHours, hoursAbove, arrivalShare: arrival_probability, maximum, dose } = summary.fields();
  const fields = {
    ...Object.fromEntries(arrivalThresholds.map((threshold, at) => [`arrival_${threshold}`, arrivalHours[at]])),
    ...Object.fromEntries(smokeThresholds.map((threshold, at) => [`hours_above_${threshold}`, hoursAbove[at]])),
    ...{ pm25_maximum: maximum, pm25_dose: dose, arrival_probability },
  };
  const last = product.times.at(-1) ?? "";
  await writeFieldFile(join(out, "summary.nc"), { validAtUtc: last, grid, fields: present(fields) });
}

function present(fields: Readonly<Record<string, Float32Array | undefined>>): Record<string, Float32Array> {
  return Object.fromEntries(Object.entries(fields).flatMap(([name, field]) => (field ? [[name, field]] : [])));
}

/** `members_001_0007.nc` is of hour 7. */
function groupByHour(paths: readonly string[]): Map<number, string[]> {
  const hours = new Map<number, string[]>();
  for (const path of paths) {
    const hour = Number(/_(\d+)\.nc$/.exec(path)?.[1]);
    hours.set(hour, [...(hours.get(hour) ?? []), path]);
  }
  return hours;
}

function addMembers(summary: PlumeSummary, part: MemberEntries, grid: LatLonGrid): void {
  for (const number of part.members) {
    const field = new Float32Array(grid.nX * grid.nY);
    for (let at = 0; at < part.cell.length; at += 1)
      if (part.member[at] === number) field[part.cell[at] ?? 0] = part.pm25[at] ?? 0;
    summary.add(number - 1, part.hour, field);
  }
}

/** By cell: how many members of all groups have weather there. */
function coveredBy(parts: readonly MemberEntries[], grid: LatLonGrid): Uint16Array {
  return Uint16Array.from({ length: grid.nX * grid.nY }, (_, cell) =>
    parts.reduce((sum, { covered }) => sum + (covered[cell] ?? 0), 0),
  );
}

type Ensemble = { readonly grid: LatLonGrid; readonly covered: Uint16Array; readonly members: number };

async function writeEnsembleHour(
  path: string,
  parts: readonly MemberEntries[],
  { grid, covered, members }: Ensemble,
): Promise<void> {
  const joined = (of: (part: MemberEntries) => ArrayLike<number>) => parts.flatMap((part) => Array.from(of(part)));
  const entries = {
    cell: joined(({ cell }) => cell),
    pm25: joined(({ pm25 }) => pm25),
    relativeError: joined(({ relativeError }) => relativeError),
  };
  const { mean, p50, p90, probability, relativeError } = ensembleHour(entries, covered, members);
  const fields: Record<string, Float32Array> = { pm25_mean: mean, pm25_p50: p50, pm25_p90: p90 };
  for (const [at, share] of probability.entries()) fields[`probability_${smokeThresholds[at]}`] = share;
  fields.pm25_relative_error = relativeError;
  const validAtUtc = parts[0]?.validAtUtc ?? "";
  await writeFieldFile(path, { validAtUtc, grid, fields });
}
