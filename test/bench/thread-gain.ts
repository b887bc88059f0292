import { once } from "node:events";
import { Worker } from "node:worker_threads";
import type { Yardstick } from "@/test/bench/yardstick";

/** What two threads of the sea kernel gain over one, divided by what two processes of the yard-stick gain over one. */
export async function threadGainRatio(yardstick: Yardstick): Promise<number> {
  const workers = [await startWorker(), await startWorker()];
  const work = async (worker: Worker | undefined) => {
    worker?.postMessage("go");
    if (worker !== undefined) await once(worker, "message");
  };
  // Two before one: the first run of a thread compiles the kernel.
  await Promise.all(workers.map(work));
  const threads = await gain(
    () => work(workers[0]),
    () => Promise.all(workers.map(work)),
  );
  for (const worker of workers) await worker.terminate();
  const processes = await gain(
    () => yardstick.run(),
    () => Promise.all([yardstick.run(), yardstick.run()]),
  );
  return threads / processes;
}

async function startWorker(): Promise<Worker> {
  const worker = new Worker(new URL("./sea-speed-worker.mjs", import.meta.url));
  await once(worker, "message");
  return worker;
}

/** Twice the work in how much of the time: 2 when nothing is shared. */
async function gain(one: () => Promise<unknown>, two: () => Promise<unknown>): Promise<number> {
  const single = await wallSeconds(one);
  return (2 * single) / (await wallSeconds(two));
}

async function wallSeconds(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return (performance.now() - started) / 1000;
}
