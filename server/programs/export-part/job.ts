import { z } from "zod";
import { productDescriptionSchema } from "@/lib/map/product-schema";
import { jobSchema } from "@/server/programs/job";

const count = z.number().int().nonnegative();

/** `lines` are isolines, `polygons` the bands between two levels and above the last; levels in published units, ascending. */
const contours = z.object({
  kind: z.enum(["lines", "polygons"]),
  format: z.enum(["geojson", "kml"]),
  levels: z.array(z.number()).min(1).max(100),
  /** `#rrggbb` of the band that begins at each level, where the map has one. */
  colours: z.array(z.string()).max(100).default([]),
});

/**
 * A part of a published product as one file `out/<name>`. `part` is the product as it is after the cut; `steps` and `window`
 * are where its times and cells stand in the store, whose grid has `storedNX` columns and `storedNY` rows.
 * Input `store`: the publication's folder.
 */
export const exportPartJob = jobSchema(
  z.object({
    name: z.string().regex(/^[\w.-]+$/),
    part: productDescriptionSchema,
    steps: z.array(count).min(1),
    window: z.object({ i0: count, j0: count, nX: count, nY: count }),
    stored: z.object({ nX: count, nY: count }),
    form: z.discriminatedUnion("kind", [
      z.object({ kind: z.literal("netcdf") }),
      z.object({ kind: z.literal("csv") }),
      z.object({ kind: z.literal("contours"), contours }),
    ]),
  }),
  z.object({ store: z.string() }),
);
export type ExportPartJob = z.output<typeof exportPartJob>;
export type ContourForm = z.output<typeof contours>;
