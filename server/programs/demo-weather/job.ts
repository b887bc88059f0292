import { z } from "zod";
import { jobSchema } from "@/server/programs/job";

/** `cycle` is the nominal time, `2026-07-01T00Z`; `hours` the length, hour 0 being the cycle itself. */
export const demoWeatherJob = jobSchema(
  z.object({
    cycle: z.string().regex(/^\d{4}-\d{2}-\d{2}T\d{2}Z$/, "expected a cycle such as 2026-07-01T00Z"),
    hours: z.number().int().min(0).max(72).default(36),
  }),
  z.object({}),
);
export type DemoWeatherJob = z.output<typeof demoWeatherJob>;
