/** A file of a sequence: its valid times in the order of its records, ISO 8601 UTC; none for one without records yet. */
export type SequenceFile = { readonly name: string; readonly timesUtc: readonly string[] };

/** Where the frame of a valid time lies. */
export type FrameRef = { readonly validAtUtc: string; readonly file: number; readonly record: number };

/** Two frames that follow one another further apart than is usual in the sequence. */
export type SequenceGap = { readonly afterUtc: string; readonly beforeUtc: string; readonly hours: number };

export type Sequence = { readonly frames: readonly FrameRef[]; readonly gaps: readonly SequenceGap[] };

/**
 * Files in time as one: frames in order of time, each valid time once. Where files overlap, the later one in the list
 * gives the frame, and within a file its later record: a run that went on from a restart wrote it last. Records need not
 * be in order (restart files alternate). Adding files or records later leaves what was there in place, so the sequence of
 * a run that still writes may be merged again at any time.
 * @param files  in the order they were written
 * @returns gaps are intervals longer than one and a half times the median interval
 */
export function mergeTimes(files: readonly SequenceFile[]): Sequence {
  const byTime = new Map<number, FrameRef>();
  for (const [file, { timesUtc }] of files.entries())
    for (const [record, validAtUtc] of timesUtc.entries())
      byTime.set(Date.parse(validAtUtc), { validAtUtc, file, record });
  const times = [...byTime.keys()].sort((a, b) => a - b);
  const frames = times.flatMap((time) => byTime.get(time) ?? []);
  return { frames, gaps: gapsBetween(frames) };
}

function gapsBetween(frames: readonly FrameRef[]): readonly SequenceGap[] {
  const intervals = frames.slice(1).map((frame, at) => {
    const afterUtc = frames[at]?.validAtUtc ?? "";
    const hours = (Date.parse(frame.validAtUtc) - Date.parse(afterUtc)) / 3_600_000;
    return { afterUtc, beforeUtc: frame.validAtUtc, hours };
  });
  const usual = intervals.map(({ hours }) => hours).sort((a, b) => a - b)[Math.floor((intervals.length - 1) / 2)] ?? 0;
  return intervals.filter(({ hours }) => hours > 1.5 * usual);
}
