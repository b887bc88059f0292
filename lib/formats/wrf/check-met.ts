import { NereusError } from "@/lib/errors";
import { degradedLabels, gapLabel } from "@/lib/formats/wrf/degraded";
import { labelledGapHours, type MetFrame, type MetInventory, maxGapHours } from "@/lib/formats/wrf/inventory";
import { locate } from "@/lib/geo/locate";
import type { DegradedLabel } from "@/lib/map/product";

/** What a request asks of the weather. */
export type MetRequest = {
  readonly lat: number;
  readonly lon: number;
  /** ISO 8601 UTC. */
  readonly startUtc: string;
  readonly hours: number;
};

/** What the weather gives for a request. */
export type MetCheck = {
  /** The inventory with only the frames that the run reads (those around start and end included) and their files. */
  readonly met: MetInventory;
  /** Time up to which the run can go, when the weather ends before the request does; else null. */
  readonly coverageUntilUtc: string | null;
  readonly labels: readonly DegradedLabel[];
};

/**
 * Checks a request against an inventory; pure, reads no file. A start at the time of the last frame has nothing to
 * run on and lies outside.
 * @throws met-none-yet without any frame; start-outside-times; met-gap-too-long (more than 3 h between two needed
 *   frames); point-outside-domain when the place is not inside the mass points of both frames around the start
 */
export function checkMet(inventory: MetInventory, request: MetRequest): MetCheck {
  const start = Date.parse(request.startUtc);
  const end = start + request.hours * 3_600_000;
  const times = inventory.frames.map((frame) => Date.parse(frame.validAtUtc));
  const [first, last] = [times[0], times.at(-1)];
  if (first === undefined || last === undefined) throw new NereusError("met-none-yet", { source: inventory.source });
  if (!(start >= first && start < last)) {
    const { frames } = inventory;
    const fields = { first: frames[0]?.validAtUtc ?? "", last: frames.at(-1)?.validAtUtc ?? "" };
    throw new NereusError("start-outside-times", { start: request.startUtc, ...fields });
  }
  const from = times.findLastIndex((time) => time <= start);
  const following = times.findIndex((time) => time >= end);
  const to = following === -1 ? times.length - 1 : following;
  const frames = inventory.frames.slice(from, to + 1);
  for (const frame of frames.slice(0, 2)) demandInside(frame, request);
  const longest = longestGapHours(frames);
  return {
    met: cutTo(inventory, frames),
    coverageUntilUtc: end > last ? new Date(last).toISOString() : null,
    labels: [...degradedLabels(inventory.derived), ...(longest > labelledGapHours ? [gapLabel] : [])],
  };
}

/** Particles leave where they pass the outermost mass points, so a start has to lie inside them. */
function demandInside(frame: MetFrame, { lat, lon }: MetRequest): void {
  const { grid } = frame;
  const { i, j } = locate(grid, lon, lat);
  if (i >= 0 && j >= 0 && i <= grid.nX - 1 && j <= grid.nY - 1) return;
  const round = (degrees: number) => Math.round(degrees * 1000) / 1000;
  const { south, north, west, east } = frame.bounds;
  throw new NereusError("point-outside-domain", {
    lat,
    lon,
    south: round(south),
    north: round(north),
    west: round(west),
    east: round(east),
  });
}

function longestGapHours(frames: readonly MetFrame[]): number {
  let longest = 0;
  for (const [k, frame] of frames.slice(1).entries()) {
    const before = frames[k]?.validAtUtc ?? "";
    const hours = (Date.parse(frame.validAtUtc) - Date.parse(before)) / 3_600_000;
    if (hours > maxGapHours)
      throw new NereusError("met-gap-too-long", {
        after: before,
        before: frame.validAtUtc,
        hours,
        limitHours: maxGapHours,
      });
    longest = Math.max(longest, hours);
  }
  return longest;
}

function cutTo(inventory: MetInventory, frames: readonly MetFrame[]): MetInventory {
  const used = [...new Set(frames.map((frame) => frame.file))].sort((a, b) => a - b);
  return {
    ...inventory,
    files: used.flatMap((file) => inventory.files[file] ?? []),
    frames: frames.map((frame) => ({ ...frame, file: used.indexOf(frame.file) })),
  };
}
