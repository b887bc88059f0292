import { z } from "zod";
import { jobSchema } from "@/server/programs/job";

/** `members` of an ensemble, 0 for none, are drawn and dealt to tasks of at most `membersPerTask`. */
export const planEnsembleJob = jobSchema(
  z.object({
    members: z.number().int().nonnegative(),
    membersPerTask: z.number().int().positive(),
    seed: z.number().int().nonnegative(),
    /** Standard deviation over mean of the emission. */
    emissionVariation: z.number().nonnegative(),
  }),
  z.object({}).catchall(z.string()),
);
export type PlanEnsembleJob = z.output<typeof planEnsembleJob>;
