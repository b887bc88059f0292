/** Published steps after the one shown: how many there are, and how many of the nearest are in memory without a gap. */
export type BufferedAhead = { readonly loaded: number; readonly published: number };

/** Counts the steps ahead of `step`; both sets hold step indices. */
export function bufferedAhead(
  step: number,
  published: ReadonlySet<number>,
  loaded: ReadonlySet<number>,
): BufferedAhead {
  const ahead = [...published].filter((index) => index > step).sort((a, b) => a - b);
  const gap = ahead.findIndex((index) => !loaded.has(index));
  return { loaded: gap < 0 ? ahead.length : gap, published: ahead.length };
}

/** Playing starts with four seconds in memory, or with all that there is. */
export function isEnoughToPlay({ loaded, published }: BufferedAhead, stepMs: number): boolean {
  return loaded === published || loaded * stepMs >= 4_000;
}
