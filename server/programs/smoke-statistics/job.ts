import { z } from "zod";
import { plannedProductSchema } from "@/lib/map/product-schema";
import { jobSchema } from "@/server/programs/job";

/**
 * What is told of a smoke run as a whole. `product` has the grid and the times of its hours; `members` is 0 for the run
 * without an ensemble. Input `hours`: a folder with the hours of `transport`, or with those of every group of
 * members, at any depth.
 */
export const smokeStatisticsJob = jobSchema(
  z.object({
    product: plannedProductSchema,
    members: z.number().int().nonnegative(),
  }),
  z.object({ hours: z.string() }),
);
export type SmokeStatisticsJob = z.output<typeof smokeStatisticsJob>;
