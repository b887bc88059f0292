import { z } from "zod";
import { plannedProductSchema } from "@/lib/map/product-schema";
import { jobSchema } from "@/server/programs/job";

/** Uptake by mussels and their predicted status. Input `model` is the folder with the run's `farms.json`. */
export const musselJob = jobSchema(
  z.object({
    spinUpHours: z.number().int().nonnegative(),
    seed: z.number().int().nonnegative(),
    runId: z.string(),
    product: plannedProductSchema,
  }),
  z.object({ model: z.string() }),
);
export type MusselJob = z.output<typeof musselJob>;
