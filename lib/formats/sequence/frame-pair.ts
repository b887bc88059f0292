import { NereusError } from "@/lib/errors";
import type { FrameRef } from "@/lib/formats/sequence/merge-times";

/** The frames around a time and how far between them it lies, 0..1; at the very last frame both are that one. */
export type FramePair<Frame> = { readonly before: Frame; readonly after: Frame; readonly fraction: number };

/** Frames around any time of a sequence. */
export type FramePairs<Frame> = {
  /** @throws start-outside-times, met-gap-too-long, and what loading a frame throws */
  at(timeMs: number): Promise<FramePair<Frame>>;
};

/**
 * Walks a sequence with the two frames around the present time resident and the next one under way, so that a run
 * forward waits for the disk at its first step only. All others are let go. A prefetch that fails is tried again when the
 * frame is needed, and fails then.
 * @param frames  in order of time
 * @param load  reads one frame
 * @param maxGapHours  a longer interval is refused; SCIENCE.md A.2: 3
 */
export function framePairs<Frame>(
  frames: readonly FrameRef[],
  { load, maxGapHours }: { readonly load: (ref: FrameRef) => Promise<Frame>; readonly maxGapHours: number },
): FramePairs<Frame> {
  const times = frames.map(({ validAtUtc }) => Date.parse(validAtUtc));
  const resident = new Map<number, Promise<Frame>>();
  const take = (index: number): Promise<Frame> | null => {
    const ref = frames[index];
    if (ref === undefined) return null;
    const known = resident.get(index);
    if (known !== undefined) return known;
    const loading = load(ref);
    resident.set(index, loading);
    loading.catch(() => resident.delete(index));
    return loading;
  };
  return {
    async at(timeMs) {
      const place = placeOf({ frames, times }, timeMs, maxGapHours);
      for (const index of resident.keys()) if (index < place.index || index > place.index + 2) resident.delete(index);
      const [before, after] = await Promise.all([take(place.index), take(place.index + 1)]);
      if (before === null) throw outside(frames, timeMs);
      take(place.index + 2);
      return { before, after: after ?? before, fraction: place.fraction };
    },
  };
}

function placeOf(
  { frames, times }: { readonly frames: readonly FrameRef[]; readonly times: readonly number[] },
  timeMs: number,
  maxGapHours: number,
) {
  const index = times.findLastIndex((time) => time <= timeMs);
  const [from, to] = [times[index], times[index + 1]];
  if (from === undefined || (to === undefined && timeMs > from)) throw outside(frames, timeMs);
  if (to === undefined || timeMs === from) return { index, fraction: 0 };
  const hours = (to - from) / 3_600_000;
  if (hours > maxGapHours) {
    const [after, before] = [frames[index]?.validAtUtc ?? "", frames[index + 1]?.validAtUtc ?? ""];
    throw new NereusError("met-gap-too-long", { after, before, hours, limitHours: maxGapHours });
  }
  return { index, fraction: (timeMs - from) / (to - from) };
}

function outside(frames: readonly FrameRef[], timeMs: number): NereusError {
  const [first, last] = [frames.at(0)?.validAtUtc ?? "", frames.at(-1)?.validAtUtc ?? ""];
  return new NereusError("start-outside-times", { start: new Date(timeMs).toISOString(), first, last });
}
