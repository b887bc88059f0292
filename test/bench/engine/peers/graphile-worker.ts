import { Logger, makeWorkerUtils, run } from "graphile-worker";
import { openDatabase } from "@/server/store/database";
import { CHAIN, countdown, FAN, hopsOf, type PeerFigures } from "@/test/bench/engine/peers/peer";
import { median } from "@/test/bench/median";

/** A line for every job would cost it more than the job. */
const silent = new Logger(() => () => undefined);

/** The queue alone that wakes our workers: a chain of jobs each of which adds the next, and many jobs at once. */
export async function measureGraphileWorker(url: string): Promise<PeerFigures> {
  const { pool: pgPool, close } = openDatabase(url);
  const utils = await makeWorkerUtils({ pgPool, logger: silent });
  await utils.migrate();
  const startedMs: number[] = [];
  const chain = countdown(CHAIN);
  const fan = countdown(FAN);
  const runner = await run({
    pgPool,
    logger: silent,
    concurrency: 8,
    noHandleSignals: true,
    taskList: {
      hop: async (_payload, { addJob }) => {
        startedMs.push(performance.now());
        if (startedMs.length < CHAIN) await addJob("hop", {});
        chain.tick();
      },
      noop: async () => fan.tick(),
    },
  });
  try {
    await utils.addJob("hop", {});
    await chain.done;
    const begin = performance.now();
    await utils.addJobs(Array.from({ length: FAN }, () => ({ identifier: "noop", payload: {} })));
    await fan.done;
    return { hopP50Ms: median(hopsOf(startedMs)), fanSeconds: (performance.now() - begin) / 1000 };
  } finally {
    await runner.stop();
    await utils.release();
    await close();
  }
}
