import { z } from "zod";
import { jobSchema } from "@/server/programs/job";

/**
 * Input `fragments`: a folder with the `fragment.json` and the map chunks of every publish task, at any depth; where
 * several nodes published, those of the others are further inputs of any name. Input
 * `model`: a folder that may hold the model's `ledger.json`. `weather` says that the product's history can drive other
 * runs, so that its inventory is made. Input `currents`: a folder with `sea.json` and the ocean files that it names, which the
 * product carries along so that they can drive runs. Input `report`: a JSON document that the summary holds as it stands.
 */
export const closeProductJob = jobSchema(
  z.object({ weather: z.boolean().default(false) }),
  z
    .object({
      fragments: z.string(),
      model: z.string().optional(),
      currents: z.string().optional(),
      report: z.string().optional(),
    })
    .catchall(z.string()),
);
export type CloseProductJob = z.output<typeof closeProductJob>;
