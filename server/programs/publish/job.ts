import { z } from "zod";
import type { RunId } from "@/lib/ids";
import { plannedProductSchema } from "@/lib/map/product-schema";
import { jobSchema } from "@/server/programs/job";

const posterPalette = z.object({
  breaks: z.array(z.number()).min(1),
  light: z.array(z.string().regex(/^#[0-9a-fA-F]{6}$/)).max(250),
  transparentBelow: z.boolean(),
});

/**
 * `product` is what the pipeline's `prepare` planned; `runId` and `generation` name who publishes it; `source` says
 * what the hour is: `smoke-hour` holds the published variables by name on the product's own grid, `wrf` is one WRF
 * history frame, `sea` one history file of ROMS or WaComM++. `headline` names the variables that also become GeoTIFFs. `posters` names
 * variables of which a picture is drawn, with their classes. `keepHistory` carries the hour itself along under `history/`.
 * Input `hour` is the file, or a folder that holds it alone.
 */
export const publishJob = jobSchema(
  z.object({
    product: plannedProductSchema,
    runId: z.custom<RunId>((value) => typeof value === "string" && value.length > 0),
    generation: z.number().int().positive(),
    source: z.enum(["smoke-hour", "wrf", "sea"]),
    headline: z.array(z.string()).default([]),
    posters: z.array(z.object({ variable: z.string(), palette: posterPalette })).default([]),
    keepHistory: z.boolean().default(false),
  }),
  z.object({ hour: z.string() }),
);
export type PublishJob = z.output<typeof publishJob>;
