import { z } from "zod";
import type { GridDescription } from "@/lib/geo/grid";

const count = z.number().int().positive();

const projection = z.discriminatedUnion("name", [
  z.object({
    name: z.literal("lambert"),
    trueLat1: z.number(),
    trueLat2: z.number(),
    standLon: z.number(),
    lat0: z.number(),
    radiusM: z.number().positive(),
  }),
  z.object({
    name: z.literal("mercator"),
    trueLat1: z.number(),
    standLon: z.number(),
    radiusM: z.number().positive(),
  }),
  z.object({ name: z.literal("polar"), trueLat1: z.number(), standLon: z.number(), radiusM: z.number().positive() }),
]);

/** A projected grid that comes from outside. */
export const projectedGridSchema = z.object({
  kind: z.literal("projected"),
  nX: count,
  nY: count,
  projection,
  x0: z.number(),
  y0: z.number(),
  dX: z.number().positive(),
  dY: z.number().positive(),
});

const latLonGrid = z.object({
  kind: z.literal("latlon"),
  nX: count,
  nY: count,
  lon0: z.number(),
  lat0: z.number(),
  dLon: z.number().positive(),
  dLat: z.number().positive(),
});

/** Any grid that comes from outside. */
export const gridSchema = z.discriminatedUnion("kind", [
  latLonGrid,
  projectedGridSchema,
]) satisfies z.ZodType<GridDescription>;
