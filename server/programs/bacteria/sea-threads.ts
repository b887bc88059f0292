import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import { SeaPart } from "@/lib/transport/sea-part";
import type { SeaSetup } from "@/lib/transport/sea-setup";
import { joinTallies, type SeaTally } from "@/lib/transport/sea-tally";
import { fulfil, type PartAnswer, type PartData, type PartOrder } from "@/server/programs/bacteria/serve-part";

const mostThreads = 8;

/** The threads of a run. Results do not depend on their number. */
export type SeaThreads = {
  /** Ends when every thread has done its part; the sums of the hour where they were asked for. */
  order(order: PartOrder): Promise<SeaTally | null>;
  close(): Promise<void>;
};

/** @param threads  null = one for each core; @param entry  what a thread runs; null = all in this thread */
export function startThreads(setup: SeaSetup, threads: number | null, entry: URL | null): SeaThreads {
  const parts = threads ?? Math.min(availableParallelism(), mostThreads);
  if (parts === 1 || entry === null) return inThisThread(setup, parts);
  const workers = Array.from({ length: parts }, (_, part) => {
    const workerData: PartData = { setup, part, parts };
    return new Worker(entry, { workerData });
  });
  return {
    order: async (order) => joined(await Promise.all(workers.map((worker) => ask(worker, order)))),
    close: async () => {
      await Promise.all(workers.map((worker) => worker.terminate()));
    },
  };
}

function inThisThread(setup: SeaSetup, parts: number): SeaThreads {
  const own = Array.from({ length: parts }, (_, part) => new SeaPart(setup, { part, parts }));
  return {
    order: (order) => Promise.resolve(joined(own.map((part) => fulfil(part, order)))),
    close: () => Promise.resolve(),
  };
}

function joined(answers: readonly PartAnswer[]): SeaTally | null {
  const tallies = answers.flatMap(({ tally }) => tally ?? []);
  return tallies.length === 0 ? null : joinTallies(tallies);
}

function ask(worker: Worker, order: PartOrder): Promise<PartAnswer> {
  return new Promise((resolve, reject) => {
    const settle = (act: () => void) => {
      worker.off("message", onMessage).off("error", onError).off("exit", onExit);
      act();
    };
    const onMessage = (answer: PartAnswer) => settle(() => resolve(answer));
    const onError = (error: unknown) => settle(() => reject(error));
    const onExit = (code: number) => settle(() => reject(new Error(`a thread of the model ended with ${code}`)));
    worker.on("message", onMessage).on("error", onError).on("exit", onExit);
    worker.postMessage(order);
  });
}
