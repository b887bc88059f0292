import { z } from "zod";
import { runStates } from "@/lib/dag/state";
import { byKey, oneOf, type ShapeOf, strictObject } from "@/lib/interchange/strict-schema";
import type { FileWatch, HttpWatch, RunWatch, WaitDeadline } from "@/lib/pipeline/sensor";

const seconds = z.number();
const http = strictObject({
  for: z.literal("http"),
  url: z.string(),
  method: oneOf(["HEAD", "GET"]),
  until: oneOf(["exists", "changed", "newer"]),
  leastBytes: z.int(),
  everySeconds: seconds,
  download: z.boolean(),
} satisfies ShapeOf<HttpWatch>);
const file = strictObject({
  for: z.literal("file"),
  pattern: z.string(),
  leastFiles: z.int(),
  stableSeconds: seconds,
  everySeconds: seconds,
  take: z.boolean(),
} satisfies ShapeOf<FileWatch>);
const run = strictObject({
  for: z.literal("run"),
  pipeline: z.string(),
  offset: z.string().nullable(),
  states: z.array(oneOf(runStates)),
} satisfies ShapeOf<RunWatch>);

/** What a sensor waits for. */
export const watchSchema = byKey(
  "for",
  ["time", "offset", "http", "file", "run"],
  [
    strictObject({ for: z.literal("time"), at: z.string() }),
    strictObject({ for: z.literal("offset"), offset: z.string(), since: oneOf(["cycle", "start"]) }),
    http,
    file,
    run,
  ],
);

/** How long something is waited for. */
export const deadlineSchema = strictObject({
  seconds,
  outcome: oneOf(["fail", "skip"]),
} satisfies ShapeOf<WaitDeadline>);
