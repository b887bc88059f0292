import { z } from "zod";

/** What may be asked of the chain: where it starts, and how much of each day its stand-ins compute, and how fast. */
export const envappInput = z.strictObject({
  start: z.iso
    .datetime("Give the start in UTC as in 2026-07-01T00:00:00Z.")
    .regex(/T00:00:00(\.0+)?Z$/, "The chain starts at 00 UTC, as in 2026-07-01T00:00:00Z.")
    .optional(),
  hoursPerDay: z
    .int("Give a whole number of hours.")
    .min(1, "At least 1 hour of each day is computed.")
    .max(24, "A day has 24 hours.")
    .default(24),
  paceSeconds: z
    .number("Give a number of seconds.")
    .min(0, "The pace must not be negative.")
    .max(3600, "Two files may be at most 3600 s apart.")
    .default(1),
});
