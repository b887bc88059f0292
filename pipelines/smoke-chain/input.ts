import { z } from "zod";

/** What may be asked of the chain: fields of its form that its stand-ins use, and their pace. */
export const smokeChainInput = z.strictObject({
  lat: z
    .number("Give the latitude of the fire in degrees, such as 40.85.")
    .min(-80, "The latitude must be between -80 and 80 degrees.")
    .max(80, "The latitude must be between -80 and 80 degrees.")
    .default(40.85),
  lon: z
    .number("Give the longitude of the fire in degrees, such as 14.27.")
    .min(-179, "The longitude must be between -179 and 179 degrees.")
    .max(179, "The longitude must be between -179 and 179 degrees.")
    .default(14.27),
  start: z.iso
    .datetime("Give the start in UTC as in 2026-07-01T12:00:00Z.")
    .regex(/:00:00(\.0+)?Z$/, "The chain starts at a full hour, as in 2026-07-01T12:00:00Z.")
    .optional(),
  hours: z
    .int("Give a whole number of hours.")
    .min(1, "The run must last at least 1 hour.")
    .max(24, "The run may last at most 24 hours.")
    .default(6),
  paceSeconds: z
    .number("Give a number of seconds.")
    .min(0, "The pace must not be negative.")
    .max(3600, "Two files may be at most 3600 s apart.")
    .default(0.2),
});
