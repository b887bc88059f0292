import { parentPort, workerData } from "node:worker_threads";
import type { SeaPair } from "@/lib/transport/sea-field";
import { type SeaDecay, SeaPart } from "@/lib/transport/sea-part";
import type { SeaSetup } from "@/lib/transport/sea-setup";
import type { SeaTally } from "@/lib/transport/sea-tally";

/** What a thread is told at its start. */
export type PartData = { readonly setup: SeaSetup; readonly part: number; readonly parts: number };

/** Samples to go through; at the end of an hour its sums are wanted. */
export type PartOrder = {
  readonly pair: SeaPair;
  /** Number of the first step of each sample, and the die-off in it. */
  readonly samples: readonly { readonly first: number; readonly decay: SeaDecay }[];
  readonly isHourEnd: boolean;
};

/** The end of a thread's work on an order. */
export type PartAnswer = { readonly tally: SeaTally | null };

/** Follows the particles of one part in this thread until the process ends. */
export function servePart(): void {
  const { setup, part, parts } = startData(workerData);
  const own = new SeaPart(setup, { part, parts });
  parentPort?.on("message", (order: PartOrder) => parentPort?.postMessage(fulfil(own, order)));
}

/** Does an order. */
export function fulfil(part: SeaPart, { pair, samples, isHourEnd }: PartOrder): PartAnswer {
  for (const { first, decay } of samples) part.advance(pair, first, decay);
  return { tally: isHourEnd ? part.takeHour(pair) : null };
}

/** Sent by `SeaThreads` of the same bundle. */
const startData = (data: unknown): PartData => data as PartData;
