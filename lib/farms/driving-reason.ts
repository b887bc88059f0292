import type { FarmSeries, FarmsFile } from "@/lib/farms/farm-series";

/** Why a farm is predicted to hold what it holds. */
export type DrivingReason = {
  /** Sources by what they brought in the day before the worst hour, the largest first, at most three. */
  readonly sources: readonly { readonly name: string; readonly share: number; readonly ageHours: number }[];
  /** Share of it that overflows by rain brought, and the rain of the run up to then, mm. */
  readonly overflowShare: number;
  readonly rainMm: number;
  /** Mean surface current at the farm in that day: m/s, and where it flows to, degrees clockwise from north. */
  readonly currentMs: number;
  readonly currentTowardsDegrees: number;
};

const hoursBefore = 24;
const mostSources = 3;

/** The reason for the value at an hour; null when nothing came. */
export function drivingReason(file: FarmsFile, farm: FarmSeries, hour: number): DrivingReason | null {
  const from = Math.max(0, hour - hoursBefore + 1);
  const span = Array.from({ length: hour - from + 1 }, (_, k) => from + k);
  const rows = farm.sources.map(({ outfall, dry, overflow, ageHours }) => {
    const of = (list: readonly number[]) => span.reduce((sum, at) => sum + (list[at] ?? 0), 0);
    const [sewage, storm] = [of(dry), of(overflow)];
    const aged = span.reduce((sum, at) => sum + ((dry[at] ?? 0) + (overflow[at] ?? 0)) * (ageHours[at] ?? 0), 0);
    return { name: file.outfalls[outfall]?.name ?? String(outfall), all: sewage + storm, storm, aged };
  });
  const total = rows.reduce((sum, { all }) => sum + all, 0);
  if (total <= 0) return null;
  const mean = (of: (current: FarmSeries["current"][number]) => number) =>
    span.reduce((sum, at) => sum + of(farm.current[at] ?? { eastMs: 0, northMs: 0 }), 0) / span.length;
  const [east, north] = [mean(({ eastMs }) => eastMs), mean(({ northMs }) => northMs)];
  return {
    sources: rows
      .filter(({ all }) => all > 0)
      .sort((a, b) => b.all - a.all)
      .slice(0, mostSources)
      .map(({ name, all, aged }) => ({ name, share: all / total, ageHours: aged / all })),
    overflowShare: rows.reduce((sum, { storm }) => sum + storm, 0) / total,
    rainMm: file.rainMmPerHour.slice(0, hour + 1).reduce((sum, rain) => sum + rain, 0),
    currentMs: Math.hypot(east, north),
    currentTowardsDegrees: (Math.atan2(east, north) * 180) / Math.PI + (Math.atan2(east, north) < 0 ? 360 : 0),
  };
}
