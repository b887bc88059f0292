import { z } from "zod";
import { plannedProductSchema } from "@/lib/map/product-schema";
import { farmAreaSchema, outfallSchema } from "@/lib/outfalls/stored-schema";
import { jobSchema } from "@/server/programs/job";

/**
 * A run of bacteria. `hours` is what the currents cover; `product` gives the output grid and the times of the hours.
 * `threads`: null = one for each core but at most eight.
 * Input `sea` is the folder with `sea.json` (an inventory whose paths are relative to it) and the ocean files.
 */
export const bacteriaJob = jobSchema(
  z.object({
    start: z.iso.datetime(),
    hours: z.number().int().positive(),
    seed: z.number().int().nonnegative(),
    particlesPerHour: z.number().int().positive(),
    outfalls: z.array(outfallSchema).min(1),
    farms: z.array(farmAreaSchema),
    rainMmPerHour: z.array(z.number().nonnegative()),
    cloudShare: z.number().min(0).max(1),
    extinctionPerM: z.number().positive(),
    moveM: z.number().nonnegative(),
    threads: z.number().int().positive().nullable().default(null),
    product: plannedProductSchema,
  }),
  z.object({ sea: z.string() }),
);
export type BacteriaJob = z.output<typeof bacteriaJob>;
