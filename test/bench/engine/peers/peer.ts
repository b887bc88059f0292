/** How long others take for the same: jobs that do nothing, on the same database. */
export type PeerFigures = {
  /** From the start of one job to the start of the one that it asks for, ms. */
  readonly hopP50Ms: number;
  /** Many jobs at once, from asking for them to the end of the last. */
  readonly fanSeconds: number;
};

export const CHAIN = 1000;
export const FAN = 10_000;

/** Resolves when it has been called so often. */
export function countdown(count: number): { tick(): void; readonly done: Promise<void> } {
  let left = count;
  let finish: () => void = () => undefined;
  const done = new Promise<void>((resolve) => {
    finish = resolve;
  });
  const tick = () => {
    left -= 1;
    if (left === 0) finish();
  };
  return { tick, done };
}

/** Differences of neighbours. */
export const hopsOf = (atMs: readonly number[]): readonly number[] =>
  atMs.slice(1).map((at, index) => at - (atMs[index] ?? at));
