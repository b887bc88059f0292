import { z } from "zod";

/** `raster.json`: what every later step may want to know of a raster without opening it. */
export const rasterFactsSchema = z.object({
  id: z.string(),
  width: z.int().positive(),
  height: z.int().positive(),
  bands: z.int().positive(),
  dtype: z.string(),
  crs: z.string(),
  transform: z.tuple([z.number(), z.number(), z.number(), z.number(), z.number(), z.number()]),
});
export type RasterFacts = z.output<typeof rasterFactsSchema>;
