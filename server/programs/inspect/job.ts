import { z } from "zod";
import { jobSchema } from "@/server/programs/job";

/** `files`: paths of WRF files or of folders that hold them, or http(s) addresses of files; `source`: its name. */
const metParams = z.object({
  files: z.array(z.string().min(1)).min(1).max(10_000),
  source: z.string().min(1),
});

/** `sea`: the same of ocean files; `epochUtc`: start of counting for files that name none. */
const seaParams = z.object({
  sea: z.array(z.string().min(1)).min(1).max(10_000),
  source: z.string().min(1),
  epochUtc: z.iso.datetime().nullable().default(null),
});

/**
 * `describe`: files to tell about; `name` is what messages call one, `samples` indices by variable. `statistics`: read
 * every value.
 */
const describeParams = z.object({
  describe: z
    .array(
      z.object({
        path: z.string().min(1),
        name: z.string().min(1),
        samples: z.record(z.string(), z.array(z.array(z.int().nonnegative()))).default({}),
      }),
    )
    .min(1)
    .max(10_000),
  statistics: z.boolean(),
});

/** `plane`: a variable of a file to look at, its last two dimensions at `indices` of the others. */
const planeParams = z.object({
  plane: z.object({
    path: z.string().min(1),
    name: z.string().min(1),
    variable: z.string(),
    indices: z.array(z.int().nonnegative()).max(32),
  }),
});

export const inspectJob = jobSchema(z.union([metParams, seaParams, describeParams, planeParams]), z.object({}));

export type PlaneParams = z.output<typeof planeParams>;
export type DescribeParams = z.output<typeof describeParams>;
