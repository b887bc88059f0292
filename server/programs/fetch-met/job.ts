import { z } from "zod";
import { inventorySchema } from "@/lib/formats/wrf/inventory-schema";
import { jobSchema } from "@/server/programs/job";

/** `met`: the inventory cut to the frames that the run needs; its paths are absolute or http(s) addresses. */
export const fetchMetJob = jobSchema(z.object({ met: inventorySchema }), z.object({}));
