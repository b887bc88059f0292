import { z } from "zod";
import { effluents } from "@/lib/outfalls/effluent";
import { outfallBounds } from "@/lib/outfalls/outfall";

const geoJson = (what: string) =>
  z
    .record(z.string(), z.unknown(), `Give ${what} as GeoJSON.`)
    .refine((value) => typeof value.type === "string", `Give ${what} as GeoJSON.`);

/** Rain of the scenarios, mm in each hour of one spell. */
export const rainScenarios = {
  none: [],
  light: Array.from({ length: 6 }, () => 2),
  heavy: Array.from({ length: 6 }, () => 10),
  storm: [15, 40, 30, 10],
} as const satisfies Readonly<Record<string, readonly number[]>>;

const fields = {
  sea: z.string("Give the name of a source of currents.").min(1, "Give the name of a source of currents.").optional(),
  hours: z
    .int("Give a whole number of hours.")
    .min(1, "The run must last at least 1 hour.")
    .max(240, "The run may last at most 240 hours.")
    .default(72),
  spinUpHours: z
    .int("Give a whole number of hours.")
    .min(0, "The spin-up must not be negative.")
    .max(168, "The spin-up may last at most 168 hours.")
    .default(24),
  outfalls: geoJson("the outfalls").optional(),
  farms: geoJson("the farms").optional(),
  flowM3s: z
    .number("Give a flow in m³/s.")
    .min(0, "A flow must not be negative.")
    .max(outfallBounds.flowM3s, `A flow may be at most ${outfallBounds.flowM3s} m³/s.`)
    .optional(),
  effluent: z.enum(effluents, `Choose the effluent: ${effluents.join(", ")}.`).optional(),
  rain: z.enum(["none", "light", "heavy", "storm"], "Choose the rain: none, light, heavy, storm.").default("none"),
  rainMmPerHour: z
    .array(
      z
        .number("Give the rain of each hour in mm.")
        .min(0, "Rain must not be negative.")
        .max(outfallBounds.rainMmPerHour, `Rain may be at most ${outfallBounds.rainMmPerHour} mm in an hour.`),
    )
    .max(500, "Give the rain of at most 500 hours.")
    .optional(),
  cloudShare: z
    .number("Give the clouds as a share of the sky, 0 to 1.")
    .min(0, "The clouds are a share of the sky, 0 to 1.")
    .max(1, "The clouds are a share of the sky, 0 to 1.")
    .default(0.5),
  extinctionPerM: z
    .number("Give the extinction of light in 1/m.")
    .min(0.01, "The extinction of light must be between 0.01 and 10 per metre.")
    .max(10, "The extinction of light must be between 0.01 and 10 per metre.")
    .default(0.4),
  moveM: z
    .number("Give a distance in metres.")
    .min(0, "A distance must not be negative.")
    .max(20_000, "An outfall may be moved by at most 20000 m.")
    .default(0),
  gapHours: z
    .number("Give a number of hours.")
    .min(1, "The longest gap must be between 1 and 24 hours.")
    .max(24, "The longest gap must be between 1 and 24 hours.")
    .default(3),
  epoch: z.iso.datetime("Give the start of counting in UTC as in 2026-07-01T00:00:00Z.").optional(),
  particlesPerHour: z
    .int("Give a whole number of particles.")
    .min(1, "At least 1 particle is needed.")
    .max(10_000, "At most 10000 particles are possible.")
    .default(100),
  seed: z
    .int("The seed is a whole number.")
    .min(0, "The seed must not be negative.")
    .max(2 ** 32 - 1, `The seed may be at most ${2 ** 32 - 1}.`)
    .optional(),
};

/**
 * What a person may ask: where bacteria enter the sea, where mussels grow, from when. `start` is the beginning of today in
 * the bulletin; sources run `spinUpHours` before it. `outfalls` and `farms` are GeoJSON; absent = the demonstration set.
 * `flowM3s` and `effluent` are for sources that give none. `sea` names a configured source of currents.
 */
export const musselInput = z.strictObject({
  start: z.iso.datetime("Give the start in UTC as in 2026-07-01T12:00:00Z."),
  ...fields,
});
export type MusselRequest = z.output<typeof musselInput>;

/** The same of the daily run, which starts with its cycle. */
export const musselDailyInput = z.strictObject(fields);
