import { z } from "zod";
import type { FarmArea } from "@/lib/farms/farm-area";
import { effluents } from "@/lib/outfalls/effluent";
import type { Outfall } from "@/lib/outfalls/outfall";

const change = z.object({ fromUtc: z.string(), flowM3s: z.number(), concentration: z.number() });

/** An outfall as a run stores it. */
export const outfallSchema = z.object({
  id: z.string(),
  name: z.string(),
  lon: z.number(),
  lat: z.number(),
  depthM: z.number().nonnegative(),
  effluent: z.enum(effluents),
  flowM3s: z.number().nonnegative(),
  concentration: z.number().nonnegative(),
  sdLog10: z.number().nonnegative(),
  startUtc: z.string().nullable(),
  endUtc: z.string().nullable(),
  dayCycle: z.array(z.number()).nullable(),
  series: z.array(change),
  overflow: z
    .object({ thresholdMmPerHour: z.number(), m3sPerMmPerHour: z.number(), concentration: z.number() })
    .nullable(),
}) satisfies z.ZodType<Outfall>;

/** A farm as a run stores it. */
export const farmAreaSchema = z.object({
  id: z.string(),
  name: z.string(),
  rings: z.array(z.array(z.tuple([z.number(), z.number()])).min(3)).min(1),
  depthM: z.number().nonnegative(),
}) satisfies z.ZodType<FarmArea>;
