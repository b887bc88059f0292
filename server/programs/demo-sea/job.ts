import { z } from "zod";
import { jobSchema } from "@/server/programs/job";

/** `cycle` is the nominal time, `2026-07-01T00Z`; the sea is computed from `hoursBefore` before it to `hours` after it. */
export const demoSeaJob = jobSchema(
  z.object({
    cycle: z.string().regex(/^\d{4}-\d{2}-\d{2}T\d{2}Z$/, "expected a cycle such as 2026-07-01T00Z"),
    hours: z.number().int().min(1).max(72),
    hoursBefore: z.number().int().min(0).max(48),
    mapEveryHours: z.number().int().min(1).max(24),
  }),
  z.object({}),
);
export type DemoSeaJob = z.output<typeof demoSeaJob>;
