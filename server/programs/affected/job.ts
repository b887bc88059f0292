import { z } from "zod";
import { areasSchema } from "@/lib/geo/feature-areas";
import { plannedProductSchema } from "@/lib/map/product-schema";
import { jobSchema } from "@/server/programs/job";

/**
 * Who meets the smoke of a fire: `areas` are those of the request, beside the rings around the fire. `product` has the
 * grid. Input `hours`: a folder with the hours of `transport`.
 */
export const affectedJob = jobSchema(
  z.object({
    lat: z.number(),
    lon: z.number(),
    start: z.iso.datetime(),
    /** Asked for; the weather may cover fewer. */
    hours: z.number().int().positive(),
    product: plannedProductSchema,
    areas: areasSchema.nullish(),
  }),
  z.object({ hours: z.string() }),
);
export type AffectedJob = z.output<typeof affectedJob>;
