import { z } from "zod";

/** What may be asked of the demonstration sea: how many hours before and after its cycle. */
export const demoSeaInput = z.strictObject({
  hours: z.number().int().min(3, "at least 3 hours").max(72, "at most 72 hours").default(72),
  hoursBefore: z.number().int().min(0, "at least 0 hours").max(48, "at most 48 hours").default(24),
});
