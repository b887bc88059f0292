import { isNereusError } from "@/lib/errors";
import { isAway } from "@/server/store/is-away";

/** What a script has told of a run. `write` fails with a NereusError when it never can be written. */
type Report = {
  /** Whose it is; nobody fills the queue alone. */
  readonly secretHash: string;
  /** Reports about the same keep their order. */
  readonly about: string;
  readonly write: () => Promise<void>;
  /** Told of a report that is given up, since nobody waits for its answer. */
  readonly giveUp: (error: unknown) => void;
};

const mostQueued = 10_000;
const mostQueuedOfOne = 2000;
const retryMs = 2000;

const queued: Report[] = [];
let timer: NodeJS.Timeout | null = null;

/**
 * Writes a report, or keeps it while the database is away and tries again every 2 s: the task of a client dies on any error,
 * so it must not see one. What is kept lives in this process only.
 * @returns false when too many wait already
 * @throws {NereusError} what `write` throws when it is tried at once
 */
export async function writeOrQueue(report: Report): Promise<boolean> {
  if (queued.some(({ about }) => about === report.about)) return queueReport(report);
  try {
    await report.write();
  } catch (error) {
    if (isNereusError(error)) throw error;
    if (isAway(error)) return queueReport(report);
    report.giveUp(error);
  }
  return true;
}

/** Keeps a report for later. @returns false when too many wait already, of all tokens or of this one */
export function queueReport(report: Report): boolean {
  if (queued.length >= mostQueued) return false;
  if (queued.filter(({ secretHash }) => secretHash === report.secretHash).length >= mostQueuedOfOne) return false;
  queued.push(report);
  timer ??= setTimeout(drain, retryMs).unref();
  return true;
}

async function drain(): Promise<void> {
  for (let next = queued[0]; next !== undefined; next = queued[0]) {
    if (!(await isDone(next))) {
      timer = setTimeout(drain, retryMs).unref();
      return;
    }
    queued.shift();
  }
  timer = null;
}

/** False while the database is away. */
async function isDone(report: Report): Promise<boolean> {
  try {
    await report.write();
  } catch (error) {
    if (!isNereusError(error) && isAway(error)) return false;
    report.giveUp(error);
  }
  return true;
}
