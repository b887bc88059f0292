import { z } from "zod";
import { NereusError } from "@/lib/errors";
import { effluentStrengths, effluents } from "@/lib/outfalls/effluent";
import { type Outfall, outfallBounds } from "@/lib/outfalls/outfall";
import { outfallLoad } from "@/lib/transport/outfall-load";

/** What a source without numbers of its own is given; null = it is refused. */
export type OutfallDefaults = {
  readonly flowM3s: number | null;
  readonly effluent: (typeof effluents)[number] | null;
};

const flow = z
  .number("a flow is a number of m3/s")
  .min(0, "a flow is not negative")
  .max(outfallBounds.flowM3s, `a flow is at most ${outfallBounds.flowM3s} m3/s`);
const strength = z
  .number("a concentration is a number of CFU/100 ml")
  .min(0, "a concentration is not negative")
  .max(outfallBounds.concentration, `a concentration is at most ${outfallBounds.concentration} CFU/100 ml`);
/** WaComM writes -1 for "always on" and, in four features of its Campania set, a damaged number that is negative too. */
const moment = z.union([
  z.iso.datetime("a time is given in UTC as in 2026-07-01T00:00:00Z"),
  z.number().max(0, "a time is given in UTC as in 2026-07-01T00:00:00Z, or -1 for always"),
]);

const properties = z.object({
  id: z.union([z.string(), z.number()]).nullish(),
  name: z.string().max(200).nullish(),
  label: z.string().max(200).nullish(),
  depth: z
    .number("a depth is a number of metres")
    .min(0, "a depth is not negative")
    .max(outfallBounds.depthM, `a depth is at most ${outfallBounds.depthM} m`)
    .nullish(),
  start: moment.nullish(),
  end: moment.nullish(),
  effluent: z.enum(effluents, `the effluent is one of ${effluents.join(", ")}`).nullish(),
  flowM3s: flow.nullish(),
  concentration: strength.nullish(),
  dayCycle: z.array(z.number().min(0).max(24)).length(24, "a day cycle has 24 numbers").nullish(),
  series: z
    .array(z.object({ fromUtc: z.iso.datetime(), flowM3s: flow, concentration: strength }))
    .max(10_000)
    .nullish(),
  overflow: z
    .object({
      thresholdMmPerHour: z.number().min(0).max(outfallBounds.rainMmPerHour),
      m3sPerMmPerHour: flow,
      concentration: strength.default(effluentStrengths["storm-overflow"].concentration),
    })
    .nullish(),
});

const collection = z.object({
  type: z.literal("FeatureCollection", "expected a GeoJSON FeatureCollection of points"),
  features: z
    .array(
      z.object({
        geometry: z.object(
          { type: z.literal("Point", "expected points"), coordinates: z.array(z.number()).min(2) },
          "expected points",
        ),
        properties: z.record(z.string(), z.unknown()).nullable(),
      }),
    )
    .min(1, "there is no source in it")
    .max(outfallBounds.count, `at most ${outfallBounds.count} sources are possible`),
});

/**
 * The sources of a GeoJSON document, ours or a WaComM source set, whose `particlesPerHour` is no load of bacteria and is
 * passed over: flow and effluent then come from the defaults.
 * @throws outfall-invalid, naming the source and what is wrong with it
 */
export function readOutfalls(document: unknown, defaults: OutfallDefaults): readonly Outfall[] {
  const parsed = collection.safeParse(document);
  if (!parsed.success) throw invalid("-", parsed.error.issues[0]?.message ?? "not as expected");
  return parsed.data.features.map(({ geometry, properties: given }, index) => {
    const own = properties.safeParse(given ?? {});
    const name = nameOf(given ?? {}, index);
    if (!own.success) {
      const [issue] = own.error.issues;
      throw invalid(name, `${issue?.path.join(".") ?? ""}: ${issue?.message ?? "not as expected"}`);
    }
    const [lon = Number.NaN, lat = Number.NaN] = geometry.coordinates;
    if (Math.abs(lon) > 180 || Math.abs(lat) > 90) throw invalid(name, `${lon}, ${lat} is no longitude and latitude`);
    return withLoad({ id: String(own.data.id ?? index + 1), name, lon, lat }, own.data, defaults);
  });
}

type Identity = Pick<Outfall, "id" | "name" | "lon" | "lat">;

function withLoad(identity: Identity, own: z.output<typeof properties>, defaults: OutfallDefaults): Outfall {
  const effluent = own.effluent ?? defaults.effluent;
  const flowM3s = own.flowM3s ?? defaults.flowM3s;
  if (flowM3s === null) throw invalid(identity.name, "it has no flowM3s; particles per hour are no load of bacteria");
  if (effluent === null && typeof own.concentration !== "number")
    throw invalid(identity.name, `it has neither a concentration nor an effluent (${effluents.join(", ")})`);
  const known = effluentStrengths[effluent ?? "untreated"];
  const concentration = own.concentration ?? known.concentration;
  for (const change of [{ flowM3s, concentration }, ...(own.series ?? [])])
    if (outfallLoad(change.flowM3s, change.concentration) > outfallBounds.loadPerSecond)
      throw invalid(
        identity.name,
        `${change.flowM3s} m3/s of ${change.concentration} CFU/100 ml is more than any sewer gives`,
      );
  const [startUtc, endUtc] = [own.start, own.end].map((time) => (typeof time === "string" ? time : null));
  return {
    ...identity,
    depthM: own.depth ?? 0,
    effluent: effluent ?? "untreated",
    flowM3s,
    concentration,
    sdLog10: known.sdLog10,
    startUtc: startUtc ?? null,
    endUtc: endUtc ?? null,
    dayCycle: own.dayCycle ?? null,
    series: own.series ?? [],
    overflow: own.overflow ?? null,
  };
}

function nameOf(given: Readonly<Record<string, unknown>>, index: number): string {
  const name = [given.name, given.label, given.id].find((value) => ["string", "number"].includes(typeof value));
  return name === undefined || name === "" ? `source ${index + 1}` : String(name);
}

function invalid(outfall: string, problem: string): NereusError {
  return new NereusError("outfall-invalid", { outfall, problem });
}
