import { makeWorkerUtils, Logger as QueueLogger, run, type TaskList } from "graphile-worker";
import type { Logger } from "pino";
import type { OpenDatabase } from "@/server/store/database";
import type { WakeUp } from "@/server/store/enqueue";
import { readSilentWorkers } from "@/server/store/worker";

/** A worker that has not been heard of for this long is dead, ms: four heartbeats. */
const silentMs = 60_000;
/** Looks for wake-ups that were queued for later, ms; those for now come by notification. */
const pollIntervalMs = 2000;

/**
 * Listens for wake-ups. Their jobs end at once: the work is found in our own tables, so a lost or doubled wake-up does
 * no harm. Jobs that a dead worker holds are freed first; the queue itself would hold them for four hours.
 */
export async function startQueue(options: {
  readonly database: OpenDatabase;
  readonly workerId: string;
  readonly wake: (kind: WakeUp) => void;
  readonly log: Logger;
  now(): Date;
}): Promise<{ stop(): Promise<void> }> {
  const { database, workerId, wake, log } = options;
  const logger = queueLogger(log);
  const utils = await makeWorkerUtils({ pgPool: database.pool, logger });
  try {
    await utils.migrate();
    const since = new Date(options.now().getTime() - silentMs);
    // This worker's own name belonged to a process that is gone.
    await utils.forceUnlockWorkers([workerId, ...(await readSilentWorkers(database.db, workerId, since))]);
  } finally {
    await utils.release();
  }
  const handle = (kind: WakeUp) => async () => wake(kind);
  const taskList: TaskList = {
    "start-ready": handle("start-ready"),
    "poll-site": handle("poll-site"),
    timer: handle("timer"),
    sweep: handle("sweep"),
    watch: handle("watch"),
  };
  const settings = {
    ...{ pgPool: database.pool, taskList, logger, workerId },
    concurrency: 1,
    noHandleSignals: true,
    pollInterval: pollIntervalMs,
  };
  const runner = await run(settings);
  runner.promise.catch((error: unknown) => log.error({ err: error }, "the queue has stopped"));
  return { stop: () => runner.stop() };
}

function queueLogger(log: Logger): QueueLogger {
  return new QueueLogger(() => (level, message) => {
    const name: string = level;
    if (name === "error") log.error({ from: "queue" }, message);
    else if (name === "warning") log.warn({ from: "queue" }, message);
    else log.debug({ from: "queue" }, message);
  });
}
