import { z } from "zod";
import { gridSchema } from "@/lib/geo/grid-schema";
import { jobSchema } from "@/server/programs/job";
import { modelNames } from "@/server/programs/stand-in/model-names";

/**
 * `model`: whose place is taken; `start`: first time of the run; `day`: the one day that is computed, from 0, null = all
 * of `days`; `hoursPerDay`: hours of each day that are computed, 24 in earnest; `paceSeconds`: time between two hourly
 * files; `grid`: that of what will be published. Inputs are only looked for: each must hold a file.
 */
export const standInJob = jobSchema(
  z.object({
    model: z.enum(modelNames),
    start: z.iso.datetime(),
    days: z.int().positive(),
    day: z.int().nonnegative().nullable(),
    hoursPerDay: z.int().positive(),
    paceSeconds: z.number().nonnegative(),
    grid: gridSchema,
  }),
  z.record(z.string(), z.string()),
);
export type StandInJob = z.output<typeof standInJob>;
