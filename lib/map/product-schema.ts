import { z } from "zod";
import { gridSchema } from "@/lib/geo/grid-schema";
import type { PipelineId, ProductId, RunId } from "@/lib/ids";
import type { PublishedVariable } from "@/lib/map/product";

const text = z.object({ en: z.string(), it: z.string() });
const id = <Id extends string>() => z.custom<Id>((value) => typeof value === "string" && value.length > 0);
const count = z.number().int().positive();

const variable = z.object({
  name: z.string().regex(/^[A-Za-z][A-Za-z0-9_]*$/),
  standardName: z.string().nullable(),
  title: text,
  units: z.string(),
  packing: z.object({
    dtype: z.enum(["int16", "int32"]),
    scale: z.number().positive(),
    offset: z.number(),
    fill: z.number().int(),
  }),
  level: text,
  attributes: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
}) satisfies z.ZodType<PublishedVariable>;

/** A product as a pipeline's `prepare` describes it: a `ProductDescription` before a run has taken it up. */
export const plannedProductSchema = z.object({
  productId: id<ProductId>(),
  pipelineId: id<PipelineId>(),
  title: text,
  domain: z.string(),
  grid: gridSchema,
  times: z.array(z.iso.datetime()).min(1),
  variables: z.array(variable).min(1),
  attributes: z.record(z.string(), z.union([z.string(), z.number()])),
  degraded: z.array(z.object({ code: z.string(), text })),
  demonstration: z.boolean(),
  licence: z.string(),
  citation: z.string(),
});
export type PlannedProduct = z.output<typeof plannedProductSchema>;

/** A whole `ProductDescription`, as `fragment.json` carries it. */
export const productDescriptionSchema = plannedProductSchema.extend({ runId: id<RunId>(), generation: count });
