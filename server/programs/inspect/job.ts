import { z } from "zod";
import { jobSchema } from "@/server/programs/job";

/** `files`: paths of WRF files or of folders that hold them, or http(s) addresses of files; `source`: its name. */
export const inspectJob = jobSchema(
  z.object({ files: z.array(z.string().min(1)).min(1).max(10_000), source: z.string().min(1) }),
  z.object({}),
);
