import { z } from "zod";

/**
 * The job file of a program: `params` and `inputs` (absolute paths by name) are the program's own, `out` is the
 * absolute folder that its artifacts go to.
 */
export function jobSchema<Params extends z.ZodType, Inputs extends z.ZodType>(params: Params, inputs: Inputs) {
  return z.object({ program: z.string(), params, inputs, out: z.string() });
}
