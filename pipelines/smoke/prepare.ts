import type { RunInput } from "@/lib/dag/run-view";
import { NereusError } from "@/lib/errors";
import { checkMet } from "@/lib/formats/wrf/check-met";
import { type MetInventory, maxGapHours } from "@/lib/formats/wrf/inventory";
import { asId, type PipelineId, type ProductId } from "@/lib/ids";
import type { DegradedLabel } from "@/lib/map/product";
import type { PlannedProduct } from "@/lib/map/product-schema";
import type { PrepareContext } from "@/lib/pipeline/pipeline-module";
import { fireSource } from "@/lib/transport/fire-source";
import { fuels } from "@/lib/transport/fuel";
import { modelVersion } from "@/lib/transport/model-version";
import { outputGrid } from "@/lib/transport/output-grid";
import { type SmokeRequest, smokeInput } from "@/pipelines/smoke/input";
import { describeMore } from "@/pipelines/smoke/more-products";
import { smokeVariables } from "@/pipelines/smoke/variables";

/**
 * Turns a request into the input of a run: its fields with seed and start in full, `met` cut to the frames needed,
 * `coveredHours` (whole hours that the weather covers) and `product`. Pure.
 * @throws {NereusError} input-invalid, duration-too-long, and what `checkMet` refuses
 */
export function prepareSmoke(given: RunInput, context: PrepareContext): RunInput {
  const request = parseRequest(given);
  demandLimits(request, context);
  if (context.met === null) throw new NereusError("met-none-yet", { source: request.met ?? "default" });
  const start = withoutMilliseconds(Date.parse(request.start));
  const { met, labels, coverageUntilUtc } = checkMet(context.met, { ...request, startUtc: start });
  const coveredHours = Math.min(request.hours, wholeHours(start, coverageUntilUtc));
  if (coveredHours < 1) throw startTooLate(start, context.met);
  const seed = request.seed ?? seedOf(request);
  const shownMet = request.members > 0 ? withEarlierFrame(context.met, met) : met;
  const degraded = [...labels, defaultEmission(request), ...(coveredHours < request.hours ? [shortened] : [])];
  const product = describeProduct({ request: { ...request, start, seed }, met, degraded, coveredHours });
  const more = describeMore(product, { coveredHours, members: request.members });
  const emissionVariation = variationOf(request);
  const areas = request.areas ?? null;
  return { ...request, areas, start, seed, coveredHours, met: shownMet, product, ...more, emissionVariation };
}

function parseRequest(given: RunInput): SmokeRequest {
  const parsed = smokeInput.safeParse(given);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new NereusError("input-invalid", {
    field: issue?.path.join(".") || "request",
    problem: issue?.message ?? "not as expected",
  });
}

function demandLimits(request: SmokeRequest, { limits }: PrepareContext): void {
  if (request.hours > limits.hours)
    throw new NereusError("duration-too-long", { hours: request.hours, limitHours: limits.hours });
  if (request.particles > limits.particles)
    throw new NereusError("input-invalid", {
      field: "particles",
      problem: `At most ${limits.particles} particles are allowed here.`,
    });
}

function wholeHours(start: string, coverageUntilUtc: string | null): number {
  if (coverageUntilUtc === null) return Number.POSITIVE_INFINITY;
  return Math.floor((Date.parse(coverageUntilUtc) - Date.parse(start)) / 3_600_000);
}

function startTooLate(start: string, met: MetInventory): NereusError {
  const [first, last] = [met.frames[0]?.validAtUtc ?? "", met.frames.at(-1)?.validAtUtc ?? ""];
  return new NereusError("start-outside-times", { start, first, last });
}

function withoutMilliseconds(time: number): string {
  return new Date(time).toISOString().replace(/\.\d+Z$/, "Z");
}

/** The same request gets the same random numbers (FNV-1a over its fields). */
function seedOf(request: SmokeRequest): number {
  const { lat, lon, start, hours, areaHa, fuel } = request;
  let hash = 0x811c9dc5;
  for (const character of JSON.stringify([lat, lon, Date.parse(start), hours, areaHa, fuel]))
    hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193);
  return hash >>> 0;
}

/** Members may burn up to an hour earlier: the frame before the first one comes along where there is one. */
function withEarlierFrame(whole: MetInventory, cut: MetInventory): MetInventory {
  const [first] = cut.frames;
  const at = whole.frames.findIndex(({ validAtUtc }) => validAtUtc === first?.validAtUtc);
  const earlier = whole.frames[at - 1];
  if (first === undefined || earlier === undefined) return cut;
  const hours = (Date.parse(first.validAtUtc) - Date.parse(earlier.validAtUtc)) / 3_600_000;
  const file = whole.files[earlier.file];
  if (hours > maxGapHours || file === undefined) return cut;
  const known = cut.files.findIndex(({ path }) => path === file.path);
  const files = known < 0 ? [...cut.files, file] : cut.files;
  return { ...cut, files, frames: [{ ...earlier, file: known < 0 ? files.length - 1 : known }, ...cut.frames] };
}

/** Standard deviation over mean of load times emission factor. */
function variationOf({ fuel }: SmokeRequest): number {
  const { consumedKgPerM2: load, pm25GramsPerKg: factor } = fuels[fuel];
  return Math.sqrt((load.standardDeviation / load.mean) ** 2 + (factor.standardDeviation / factor.mean) ** 2);
}

type Plan = {
  readonly request: SmokeRequest & { readonly seed: number };
  readonly met: MetInventory;
  readonly degraded: readonly DegradedLabel[];
  readonly coveredHours: number;
};

function describeProduct({ request, met, degraded, coveredHours }: Plan): PlannedProduct {
  const begin = Date.parse(request.start);
  const [first] = met.frames;
  if (first === undefined) throw new NereusError("met-none-yet", { source: met.source });
  return {
    productId: asId<ProductId>("smoke"),
    pipelineId: asId<PipelineId>("smoke"),
    title: { en: "Wildfire smoke", it: "Fumo da incendio" },
    domain: "fire",
    grid: outputGrid({ ...request, metSpacingM: first.grid.dX, bounds: boundsOf(met) }),
    times: Array.from({ length: request.hours }, (_, hour) => withoutMilliseconds(begin + (hour + 1) * 3_600_000)),
    variables: [...smokeVariables],
    attributes: attributesOf(request, met, coveredHours),
    degraded: [...degraded],
    demonstration: met.demonstration,
    licence: "CC-BY-4.0",
    citation: `Nereus smoke run, ${modelVersion}`,
  };
}

/** Bounds of all frames together: a moving nest sees more than one of its frames. */
function boundsOf(met: MetInventory): MetInventory["frames"][number]["bounds"] {
  const all = met.frames.map((frame) => frame.bounds);
  return {
    south: Math.min(...all.map(({ south }) => south)),
    north: Math.max(...all.map(({ north }) => north)),
    west: Math.min(...all.map(({ west }) => west)),
    east: Math.max(...all.map(({ east }) => east)),
  };
}

function attributesOf(request: Plan["request"], met: MetInventory, coveredHours: number) {
  const fuel = fuels[request.fuel];
  const durationSeconds = Math.min(fuel.burningHours, coveredHours) * 3600;
  const source = fireSource({
    areaHa: request.areaHa,
    consumedKgPerM2: fuel.consumedKgPerM2.mean,
    emissionGramsPerKg: fuel.pm25GramsPerKg.mean,
    durationSeconds,
  });
  return {
    Conventions: "CF-1.8, ACDD-1.3",
    source: modelVersion,
    summary: "Contribution of the fire alone: no background, no chemistry, no secondary aerosol.",
    comment: "Emission is an estimate from default loads and emission factors of the fuel class.",
    seed: request.seed,
    particles: request.particles,
    fire_latitude: request.lat,
    fire_longitude: request.lon,
    fire_start: request.start,
    fire_area_ha: request.areaHa,
    fire_fuel: request.fuel,
    fire_duration_hours: durationSeconds / 3600,
    fire_emitted_kg: source.emittedKg,
    fire_radiative_power_mw: source.radiativePowerWatts / 1e6,
    fuel_consumed_kg_m2: fuel.consumedKgPerM2.mean,
    fuel_consumed_kg_m2_sd: fuel.consumedKgPerM2.standardDeviation,
    emission_factor_g_kg: fuel.pm25GramsPerKg.mean,
    emission_factor_g_kg_sd: fuel.pm25GramsPerKg.standardDeviation,
    met_source: met.source,
    met_run: met.runId ?? "unknown",
    met_files_sha256: met.files.map((file) => file.sha256 ?? "unknown").join(" "),
    coverage_until: withoutMilliseconds(Date.parse(request.start) + coveredHours * 3_600_000),
  };
}

function defaultEmission({ fuel }: SmokeRequest): DegradedLabel {
  const { consumedKgPerM2: load, pm25GramsPerKg: factor } = fuels[fuel];
  const numbers = `${load.mean} ± ${load.standardDeviation} kg/m², ${factor.mean} ± ${factor.standardDeviation} g/kg`;
  return {
    code: "emission-default",
    text: {
      en: `The emission is an estimate with default load and emission factor of the fuel ${fuel} (${numbers}).`,
      it: `L'emissione è una stima con carico e fattore di emissione predefiniti del combustibile ${fuel} (${numbers}).`,
    },
  };
}

const shortened: DegradedLabel = {
  code: "weather-ends",
  text: {
    en: "The weather data end before the requested time; the last hours are missing.",
    it: "I dati meteo finiscono prima del tempo richiesto; mancano le ultime ore.",
  },
};
