import { z } from "zod";
import { plannedProductSchema } from "@/lib/map/product-schema";
import { fuelClasses } from "@/lib/transport/fuel";
import { jobSchema } from "@/server/programs/job";

/**
 * A smoke run. `hours` is what the weather covers; `product` gives the output grid and the times of the hours.
 * Input `met` is the folder with `met.json` (an inventory whose paths are relative to it) and the weather files. With an
 * input `group`, a list of members as `plan-ensemble` writes it, the members are run in place of the request itself, each
 * with `particles`.
 */
export const transportJob = jobSchema(
  z.object({
    lat: z.number(),
    lon: z.number(),
    start: z.iso.datetime(),
    hours: z.number().int().positive(),
    areaHa: z.number().positive(),
    fuel: z.enum(fuelClasses),
    seed: z.number().int().nonnegative(),
    particles: z.number().int().positive(),
    product: plannedProductSchema,
  }),
  z.object({ met: z.string(), group: z.string().optional() }),
);
export type TransportParams = (typeof transportJob)["_output"]["params"];
