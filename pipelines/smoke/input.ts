import { z } from "zod";
import { areasSchema, cornersOf, mostCorners } from "@/lib/geo/feature-areas";
import { fuelClasses } from "@/lib/transport/fuel";

/** Bounds of a request; the host's limits may be lower. */
const smokeBounds = { hours: 240, areaHa: 100_000, particles: 1_000_000, members: 64, seed: 2 ** 32 - 1 } as const;

/**
 * What a person may ask: a fire at a place and time. Everything but place and start has a default; `met` names a
 * configured weather source, absent = the default one; `seed` is derived from the request when absent, so the same
 * request gives the same plume. `members` 0 asks for the one run without an ensemble.
 * `areas` are farms, schools or districts of which the run tells when and how much smoke they meet.
 */
export const smokeInput = z.strictObject({
  lat: z
    .number("Give the latitude of the fire in degrees, such as 40.85.")
    .min(-85, "The latitude must be between -85 and 85 degrees.")
    .max(85, "The latitude must be between -85 and 85 degrees."),
  lon: z
    .number("Give the longitude of the fire in degrees, such as 14.27.")
    .min(-180, "The longitude must be between -180 and 180 degrees.")
    .max(180, "The longitude must be between -180 and 180 degrees."),
  start: z.iso.datetime("Give the start in UTC as in 2026-07-01T12:00:00Z."),
  hours: z
    .int("Give a whole number of hours.")
    .min(1, "The run must last at least 1 hour.")
    .max(smokeBounds.hours, `The run may last at most ${smokeBounds.hours} hours.`)
    .default(24),
  areaHa: z
    .number("Give the burnt area in hectares.")
    .gt(0, "The burnt area must be above 0 ha.")
    .max(smokeBounds.areaHa, `The burnt area may be at most ${smokeBounds.areaHa} ha.`)
    .default(10),
  fuel: z.enum(fuelClasses, `Choose what burns: ${fuelClasses.join(", ")}.`).default("maquis"),
  met: z.string("Give the name of a weather source.").min(1, "Give the name of a weather source.").optional(),
  seed: z
    .int("The seed is a whole number.")
    .min(0, "The seed must not be negative.")
    .max(smokeBounds.seed, `The seed may be at most ${smokeBounds.seed}.`)
    .optional(),
  particles: z
    .int("Give a whole number of particles.")
    .min(100, "At least 100 particles are needed.")
    .max(smokeBounds.particles, `At most ${smokeBounds.particles} particles are possible.`)
    .default(20_000),
  members: z
    .int("Give a whole number of members.")
    .min(0, "The number of members must not be negative.")
    .max(smokeBounds.members, `At most ${smokeBounds.members} members are possible.`)
    .default(24),
  memberParticles: z
    .int("Give a whole number of particles.")
    .min(100, "At least 100 particles are needed.")
    .max(smokeBounds.particles, `At most ${smokeBounds.particles} particles are possible.`)
    .default(10_000),
  areas: z
    .custom<z.output<typeof areasSchema>>((value) => areasSchema.safeParse(value).success, {
      error: "Give the areas as a GeoJSON FeatureCollection of points and polygons, at most 500.",
      abort: true,
    })
    .refine(
      (areas) => cornersOf(areas) <= mostCorners,
      `The outlines of the areas may have at most ${mostCorners} corners together: simplify them.`,
    )
    // What the command line is given is read as JSON where the schema says object.
    .meta({ type: "object" })
    .optional(),
});
export type SmokeRequest = z.output<typeof smokeInput>;
