import { z } from "zod";
import { seaInventorySchema } from "@/lib/formats/roms/sea-inventory-schema";
import { farmAreaSchema, outfallSchema } from "@/lib/outfalls/stored-schema";
import { jobSchema } from "@/server/programs/job";

/**
 * `sea`: the inventory cut to the frames that the run needs; its paths are absolute or http(s) addresses. `outfalls` and
 * `farms` are looked up on its grid, so that one on land stops the run before anything is computed; `moveM`: how far an
 * outfall on land may be moved.
 */
export const fetchSeaJob = jobSchema(
  z.object({
    sea: seaInventorySchema,
    outfalls: z.array(outfallSchema).min(1),
    farms: z.array(farmAreaSchema),
    moveM: z.number().nonnegative(),
  }),
  z.object({}),
);
export type FetchSeaJob = z.output<typeof fetchSeaJob>;
