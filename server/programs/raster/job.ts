import { z } from "zod";
import { jobSchema } from "@/server/programs/job";

const count = z.int().nonnegative();

/** `raster`: path or http(s) address; `tileSize`: pixels. */
export const validateJob = jobSchema(
  z.object({ step: z.literal("validate"), raster: z.string().min(1), tileSize: z.int().positive() }),
  z.object({}),
);

export const tilesJob = jobSchema(
  z.object({ step: z.literal("tiles"), tileSize: z.int().positive() }),
  z.object({ raster: z.string() }),
);

/** The window is what the job that cut the raster told about the tile; all null for the whole raster. */
export const cogJob = jobSchema(
  z.object({
    step: z.literal("cog"),
    tile: z
      .string()
      .regex(/^[\w-]+$/)
      .nullable(),
    ...{ row: count.nullable(), column: count.nullable(), rows: count.nullable(), columns: count.nullable() },
  }),
  z.object({ raster: z.string() }),
);

/** Of its inputs one is the COG, or a folder that holds it; the other is an empty folder. */
export const itemJob = jobSchema(
  z.object({ step: z.literal("item"), datetime: z.iso.datetime() }),
  z.object({ tile: z.string(), direct: z.string() }),
);

/** `facts` is what `validate` wrote. */
export const mosaicJob = jobSchema(
  z.object({ step: z.literal("mosaic") }),
  z.object({ facts: z.string(), tiles: z.string(), direct: z.string() }),
);

export const collectionJob = jobSchema(
  z.object({ step: z.literal("collection"), datetime: z.iso.datetime(), licence: z.string().min(1) }),
  z.object({ mosaic: z.string(), items: z.string(), tiles: z.string(), direct: z.string() }),
);

export type ValidateJob = z.output<typeof validateJob>;
export type TilesJob = z.output<typeof tilesJob>;
export type CogJob = z.output<typeof cogJob>;
export type ItemJob = z.output<typeof itemJob>;
export type MosaicJob = z.output<typeof mosaicJob>;
export type CollectionJob = z.output<typeof collectionJob>;
