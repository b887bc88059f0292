import { z } from "zod";

/** What may be asked of a demonstration forecast: how many hours after its cycle. */
export const demoWeatherInput = z.strictObject({
  hours: z.number().int().min(1, "at least 1 hour").max(72, "at most 72 hours").default(36),
});
