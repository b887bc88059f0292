import { z } from "zod";

/** What may be asked: a GeoTIFF of this host, or an address, and how it is cut. */
export const rasterIngestInput = z.strictObject({
  raster: z.string("Give the path or address of a GeoTIFF.").min(1, "Give the path or address of a GeoTIFF."),
  tileSize: z
    .int("Give a whole number of pixels.")
    .min(256, "Tiles have at least 256 pixels.")
    .max(8192, "Tiles have at most 8192 pixels.")
    .multipleOf(256, "The size of tiles must be a multiple of 256 pixels.")
    .default(1024),
  datetime: z.iso.datetime("Give the time of the data in UTC as in 2026-07-01T12:00:00Z.").optional(),
  licence: z
    .string()
    .regex(/^[\w.+-]+$/, "Give a licence by its SPDX name, such as CC-BY-4.0.")
    .default("proprietary"),
});
