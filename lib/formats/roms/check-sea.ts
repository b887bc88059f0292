import { NereusError } from "@/lib/errors";
import type { SeaFrameRef, SeaInventory } from "@/lib/formats/roms/sea-inventory";
import { seaGapLabel, seaLabels } from "@/lib/formats/roms/sea-labels";
import { labelledGapHours } from "@/lib/formats/wrf/inventory";
import type { DegradedLabel } from "@/lib/map/product";

/** What a request asks of the currents. */
export type SeaRequest = {
  /** ISO 8601 UTC. */
  readonly startUtc: string;
  readonly hours: number;
  /** Longest interval between frames that is bridged. */
  readonly gapHours: number;
  /** Outfalls and farms: one position of each. */
  readonly places: readonly { readonly name: string; readonly lon: number; readonly lat: number }[];
};

export type SeaCheck = {
  /** The inventory with only the frames that the run reads, those around start and end included, and their files. */
  readonly sea: SeaInventory;
  /** Whole hours that the currents cover, at most those asked for. */
  readonly coveredHours: number;
  readonly labels: readonly DegradedLabel[];
};

/**
 * Checks a request against an inventory; pure, reads no file.
 * @throws sea-none-yet without any frame; start-outside-times, also when less than an hour is left; sea-gap-too-long;
 *   place-outside-sea for a place outside the box of the grid
 */
export function checkSea(inventory: SeaInventory, request: SeaRequest): SeaCheck {
  const start = Date.parse(request.startUtc);
  const times = inventory.frames.map(({ validAtUtc }) => Date.parse(validAtUtc));
  const [first, last] = [times[0], times.at(-1)];
  if (first === undefined || last === undefined) throw new NereusError("sea-none-yet", { source: inventory.source });
  const coveredHours = Math.min(request.hours, Math.floor((last - start) / 3_600_000));
  if (!(start >= first && coveredHours >= 1)) {
    const { frames } = inventory;
    const fields = { first: frames[0]?.validAtUtc ?? "", last: frames.at(-1)?.validAtUtc ?? "" };
    throw new NereusError("start-outside-times", { start: request.startUtc, ...fields });
  }
  const end = start + coveredHours * 3_600_000;
  const from = times.findLastIndex((time) => time <= start);
  const to = times.findIndex((time) => time >= end);
  const frames = inventory.frames.slice(from, to + 1);
  const longest = longestGapHours(frames, request.gapHours);
  demandInside(inventory, request.places);
  return {
    sea: cutTo(inventory, frames),
    coveredHours,
    labels: [...seaLabels(inventory.derived), ...(longest > labelledGapHours ? [seaGapLabel(longest)] : [])],
  };
}

function demandInside({ bounds, spacingM }: SeaInventory, places: SeaRequest["places"]): void {
  const margin = spacingM / 111_195;
  const round = (degrees: number) => Math.round(degrees * 1000) / 1000;
  for (const { name, lon, lat } of places) {
    const { south, north, west, east } = bounds;
    if (lat >= south - margin && lat <= north + margin && lon >= west - 2 * margin && lon <= east + 2 * margin)
      continue;
    const box = { south: round(south), north: round(north), west: round(west), east: round(east) };
    throw new NereusError("place-outside-sea", { place: name, ...box });
  }
}

function longestGapHours(frames: readonly SeaFrameRef[], limitHours: number): number {
  let longest = 0;
  for (const [k, frame] of frames.slice(1).entries()) {
    const before = frames[k]?.validAtUtc ?? "";
    const hours = (Date.parse(frame.validAtUtc) - Date.parse(before)) / 3_600_000;
    if (hours > limitHours)
      throw new NereusError("sea-gap-too-long", { after: before, before: frame.validAtUtc, hours, limitHours });
    longest = Math.max(longest, hours);
  }
  return longest;
}

function cutTo(inventory: SeaInventory, frames: readonly SeaFrameRef[]): SeaInventory {
  const used = [...new Set(frames.map(({ file }) => file))].sort((a, b) => a - b);
  return {
    ...inventory,
    files: used.flatMap((file) => inventory.files[file] ?? []),
    frames: frames.map((frame) => ({ ...frame, file: used.indexOf(frame.file) })),
  };
}
