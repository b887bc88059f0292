import { z } from "zod";
import type { MetInventory } from "@/lib/formats/wrf/inventory";
import { projectedGridSchema } from "@/lib/geo/grid-schema";

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const position = z.number().int().nonnegative();

/** An inventory that comes from a program or a file. Every frame points at a file of its list, in order of time. */
export const inventorySchema = z
  .object({
    source: z.string(),
    files: z.array(z.object({ path: z.string().min(1), sizeBytes: position, sha256: sha256.nullable() })),
    frames: z.array(
      z.object({
        validAtUtc: z.iso.datetime(),
        file: position,
        record: position,
        grid: projectedGridSchema,
        bounds: z.object({ south: z.number(), north: z.number(), west: z.number(), east: z.number() }),
      }),
    ),
    derived: z.array(z.string()),
    demonstration: z.boolean(),
    runId: z.string().nullable(),
  })
  .refine(({ files, frames }) => frames.every((frame) => frame.file < files.length), "a frame names no file")
  .refine(
    ({ frames }) => frames.every((frame, i) => i === 0 || Date.parse(frame.validAtUtc) > timeBefore(frames, i)),
    "frames are not in order of time",
  ) satisfies z.ZodType<MetInventory>;

const timeBefore = (frames: readonly { readonly validAtUtc: string }[], i: number): number =>
  Date.parse(frames[i - 1]?.validAtUtc ?? "");
