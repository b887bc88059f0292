import { z } from "zod";
import { seaInventorySchema } from "@/lib/formats/roms/sea-inventory-schema";
import { inventorySchema } from "@/lib/formats/wrf/inventory-schema";
import { type Fragment, productPaths } from "@/lib/map/product";
import { productDescriptionSchema } from "@/lib/map/product-schema";

/**
 * A path that stays in the product's folder and is not one of the documents that the portal itself writes there.
 * Printable characters only: these paths become addresses.
 */
const storedPath = z
  .string()
  .max(400)
  .regex(/^[A-Za-z0-9._:+=@-]+(\/[A-Za-z0-9._:+=@-]+)*$/, "is not a plain relative path")
  .refine((path) => !path.split("/").some((segment) => segment === "." || segment === ".."), "leaves the folder")
  .refine((path) => !/\.(part|tmp)(-[^./]*)?$/.test(path), "is an unfinished file")
  .refine((path) => path !== productPaths.coverage && path !== productPaths.manifest, "is written by the portal");

const extremes = z.record(z.string(), z.object({ min: z.number(), max: z.number() }).nullable());

const closing = z.object({
  netcdf: storedPath,
  cog: z.array(storedPath).max(10_000),
  summary: z.record(z.string(), z.unknown()),
  met: inventorySchema.nullable(),
  sea: seaInventorySchema.nullish(),
});

/** `fragment.json` of a publish task. It may come from a cluster: nothing in it is trusted. */
export const fragmentSchema = z
  .object({
    description: productDescriptionSchema,
    files: z
      .array(
        z.object({
          path: storedPath,
          sizeBytes: z.number().int().nonnegative(),
          sha256: z.string().regex(/^[0-9a-f]{64}$/),
        }),
      )
      .max(100_000),
    steps: z.array(z.object({ index: z.number().int().nonnegative(), validAtUtc: z.iso.datetime(), extremes })),
    closing: closing.nullable(),
  })
  .superRefine(({ description, steps }, context) => {
    for (const step of steps) {
      if (Date.parse(description.times[step.index] ?? "") === Date.parse(step.validAtUtc)) continue;
      context.addIssue({ code: "custom", message: `step ${step.index} is not at ${step.validAtUtc} in the time axis` });
    }
  }) satisfies z.ZodType<Fragment>;
