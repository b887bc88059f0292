import { z } from "zod";
import type { RunId } from "@/lib/ids";
import { plannedProductSchema } from "@/lib/map/product-schema";
import { jobSchema } from "@/server/programs/job";

/**
 * `product` is what the pipeline's `prepare` planned; `runId` and `generation` name who publishes it; `source` says
 * what the hour is: `smoke-hour` holds the published variables by name on the product's own grid, `wrf` is one WRF
 * history frame, `sea` one history file of ROMS or WaComM++. `headline` names the variables that also become GeoTIFFs. `keepHistory` carries the hour itself along
 * under `history/`.
 * Input `hour` is the file, or a folder that holds it alone.
 */
export const publishJob = jobSchema(
  z.object({
    product: plannedProductSchema,
    runId: z.custom<RunId>((value) => typeof value === "string" && value.length > 0),
    generation: z.number().int().positive(),
    source: z.enum(["smoke-hour", "wrf", "sea"]),
    headline: z.array(z.string()).default([]),
    keepHistory: z.boolean().default(false),
  }),
  z.object({ hour: z.string() }),
);
export type PublishJob = z.output<typeof publishJob>;
