import { EventEmitter } from "node:events";
import { makeWorkerUtils, Logger as QueueLogger, type Runner, run, type TaskList } from "graphile-worker";
import type { Logger } from "pino";
import type { OpenDatabase } from "@/server/store/database";
import { type WakeUp, wakeUps } from "@/server/store/enqueue";
import { readSilentWorkers } from "@/server/store/worker";

/** A worker that has not been heard of for this long is dead, ms: four heartbeats. */
const silentMs = 60_000;
/** Looks for wake-ups that were queued for later, ms; those for now come by notification. */
const pollIntervalMs = 2000;
/** A queue that could not ask for a job so often in a row is opened anew. */
const mostFailedLooks = 3;
/** Before a queue that a lost connection has ended is opened again, ms. */
const reopenMs = 1000;

type QueueOptions = {
  readonly database: OpenDatabase;
  readonly workerId: string;
  readonly wake: (kind: WakeUp) => void;
  readonly log: Logger;
  now(): Date;
};

/**
 * Listens for wake-ups. Their jobs end at once: the work is found in our own tables, so a lost or doubled wake-up does
 * no harm. The library gives up when it loses the database at the wrong moment, or asks in vain for ever; then it is started
 * again for as long as the worker lives, and everything is woken, since nobody knows what was missed.
 */
export async function startQueue(options: QueueOptions): Promise<{ stop(): Promise<void> }> {
  const { log, wake } = options;
  let stopped = false;
  let pause: NodeJS.Timeout | null = null;
  let reopening = Promise.resolve();
  let current: Runner | null = null;
  const follow = (runner: Runner) => {
    current = runner;
    runner.promise.then(
      () => lose(null),
      (error: unknown) => lose(error),
    );
  };
  const lose = (error: unknown) => {
    if (stopped) return;
    current = null;
    log.warn({ err: error }, "the queue has stopped; it is opened again");
    pause = setTimeout(() => {
      reopening = reopen();
    }, reopenMs);
  };
  const reopen = async () => {
    const runner = await openQueue(options).catch((error: unknown) => {
      lose(error);
      return null;
    });
    if (runner === null) return;
    if (stopped) return runner.stop();
    follow(runner);
    for (const kind of wakeUps) wake(kind);
  };
  follow(await openQueue(options));
  return {
    stop: async () => {
      stopped = true;
      if (pause !== null) clearTimeout(pause);
      await reopening;
      await current?.stop().catch((error: unknown) => log.debug({ err: error }, "the queue had stopped by itself"));
    },
  };
}

/** Jobs that a dead worker holds are freed first; the queue itself would hold them for four hours. */
async function openQueue({ database, workerId, wake, log, now }: QueueOptions): Promise<Runner> {
  const logger = queueLogger(log);
  const utils = await makeWorkerUtils({ pgPool: database.pool, logger });
  try {
    await utils.migrate();
    const since = new Date(now().getTime() - silentMs);
    // This worker's own name belonged to a process, or a queue, that is gone.
    await utils.forceUnlockWorkers([workerId, ...(await readSilentWorkers(database.db, workerId, since))]);
  } finally {
    await utils.release();
  }
  const taskList: TaskList = Object.fromEntries(wakeUps.map((kind) => [kind, async () => wake(kind)]));
  const events = new EventEmitter();
  const runner = await run({
    ...{ pgPool: database.pool, taskList, logger, workerId, events },
    concurrency: 1,
    noHandleSignals: true,
    pollInterval: pollIntervalMs,
    // In batches, however small: a job that is completed by itself is not waited for, so that a connection lost at
    // that moment is nobody's error and ends the process.
    preset: { worker: { completeJobBatchDelay: 0, failJobBatchDelay: 0 } },
  });
  stopWhenBlind(events, runner, log);
  return runner;
}

/** The library remembers the failure of its first look and repeats it for ever, also when the database is back. */
function stopWhenBlind(events: EventEmitter, runner: Runner, log: Logger): void {
  let failed = 0;
  const reset = () => {
    failed = 0;
  };
  events.on("worker:getJob:empty", reset).on("job:start", reset);
  events.on("worker:getJob:error", () => {
    failed += 1;
    if (failed !== mostFailedLooks) return;
    runner.stop().catch((error: unknown) => log.debug({ err: error }, "the queue had stopped by itself"));
  });
}

function queueLogger(log: Logger): QueueLogger {
  return new QueueLogger(() => (level, message) => {
    const name: string = level;
    if (name === "error") log.error({ from: "queue" }, message);
    else if (name === "warning") log.warn({ from: "queue" }, message);
    else log.debug({ from: "queue" }, message);
  });
}
