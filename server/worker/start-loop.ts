/** Work that is done again whenever something wakes it. */
export type Loop = {
  /** Work as soon as possible; several calls before it begins are one. */
  wake(): void;
  /** Resolves once the work under way has ended; none begins after it. */
  stop(): Promise<void>;
};

const retryMs = 1000;

/**
 * @param work     returns in how many ms it wants to be done again by itself, or null to sleep until it is woken
 * @param onError  told of every failure; the work is tried again a second later
 */
export function startLoop(work: () => Promise<number | null>, onError: (error: unknown) => void): Loop {
  let woken = false;
  let stopped = false;
  let timer: NodeJS.Timeout | null = null;
  let current: Promise<void> | null = null;

  const begin = () => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    if (stopped || current !== null) return;
    woken = false;
    current = once().finally(() => {
      current = null;
      if (woken) begin();
    });
  };
  const once = async () => {
    const again = await work().catch((error: unknown) => {
      onError(error);
      return retryMs;
    });
    if (again !== null && !stopped) timer = setTimeout(begin, again);
  };
  return {
    wake: () => {
      woken = true;
      if (current === null) begin();
    },
    stop: async () => {
      stopped = true;
      if (timer !== null) clearTimeout(timer);
      await current;
    },
  };
}
