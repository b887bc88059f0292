import { z } from "zod";
import type { SeaInventory } from "@/lib/formats/roms/sea-inventory";

const position = z.number().int().nonnegative();

/** An inventory of ocean files that comes from a program or a file; nothing in it is trusted. */
export const seaInventorySchema = z
  .object({
    source: z.string(),
    files: z.array(
      z.object({
        path: z.string().min(1),
        sizeBytes: position,
        sha256: z
          .string()
          .regex(/^[0-9a-f]{64}$/)
          .nullable(),
      }),
    ),
    frames: z.array(z.object({ validAtUtc: z.iso.datetime(), file: position, record: position })),
    derived: z.array(z.string()),
    bounds: z.object({ south: z.number(), north: z.number(), west: z.number(), east: z.number() }),
    spacingM: z.number().positive(),
    demonstration: z.boolean(),
    runId: z.string().nullable(),
  })
  .refine(({ files, frames }) => frames.every((frame) => frame.file < files.length), "a frame names no file")
  .refine(
    ({ frames }) =>
      frames.every(
        (frame, i) => Date.parse(frame.validAtUtc) > (Date.parse(frames[i - 1]?.validAtUtc ?? "") || -Infinity),
      ),
    "frames are not in order of time",
  ) satisfies z.ZodType<SeaInventory>;
