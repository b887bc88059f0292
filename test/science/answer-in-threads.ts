import { once } from "node:events";
import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import type { AnsweredCase, ScienceCase } from "@/test/science/answer-cases";

/** Kinds that walk many particles: they are begun first, so that no thread is left with one at the end. */
const long = ["scenario-bacteria", "scenario-smoke", "column-spread", "first-passage", "well-mixed", "mass-ledger"];
/** Short cases go together: a message costs more than their answer. */
const batchSize = 20;

/** Answers cases in one thread per core; the order of the answers is that of the cases. */
export async function answerInThreads(cases: readonly ScienceCase[], folder: string): Promise<readonly AnsweredCase[]> {
  const heavy = long.flatMap((kind) => cases.filter((one) => one.kind === kind).map((one) => [one]));
  const light = cases.filter(({ kind }) => !long.includes(kind));
  const batches = [...heavy];
  for (let at = 0; at < light.length; at += batchSize) batches.push(light.slice(at, at + batchSize));
  const answered = new Map<string, AnsweredCase>();
  const threads = Math.max(1, Math.min(availableParallelism(), batches.length));
  await Promise.all(Array.from({ length: threads }, () => work(batches, answered, folder)));
  return cases.flatMap(({ id }) => answered.get(id) ?? []);
}

/** One thread takes batches until none is left. */
async function work(batches: ScienceCase[][], answered: Map<string, AnsweredCase>, folder: string): Promise<void> {
  const worker = new Worker(new URL("./case-worker.mjs", import.meta.url), { workerData: folder });
  const failed = once(worker, "error").then(([error]) => Promise.reject(error));
  try {
    for (let batch = batches.shift(); batch !== undefined; batch = batches.shift()) {
      worker.postMessage(batch);
      const [answers]: AnsweredCase[][] = await Promise.race([once(worker, "message"), failed]);
      for (const answer of answers ?? []) answered.set(answer.id, answer);
    }
  } finally {
    await worker.terminate();
  }
}
