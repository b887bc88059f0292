import type { RunInput } from "@/lib/dag/run-view";
import { NereusError } from "@/lib/errors";
import { readFarms } from "@/lib/farms/read-farms";
import { checkSea } from "@/lib/formats/roms/check-sea";
import type { Outfall } from "@/lib/outfalls/outfall";
import { readOutfalls } from "@/lib/outfalls/read-outfalls";
import type { PrepareContext } from "@/lib/pipeline/pipeline-module";
import { demonstrationFarms, demonstrationOutfalls } from "@/pipelines/mussel/demonstration";
import { type MusselRequest, musselInput, rainScenarios } from "@/pipelines/mussel/input";
import { musselLabels } from "@/pipelines/mussel/labels";
import { planMussel } from "@/pipelines/mussel/product";

/**
 * Turns a request into the input of a run: sources and farms read and checked, `sea` cut to the frames needed, the rain
 * of each hour, `releaseStart`, `coveredHours` and `product`. Pure.
 * @throws {NereusError} input-invalid, duration-too-long, outfall-invalid, farm-invalid, and what `checkSea` refuses
 */
export function prepareMussel(given: RunInput, context: PrepareContext, pipelineId = "mussel"): RunInput {
  const request = parseRequest(given);
  demandLimits(request, context);
  if (!context.sea) throw new NereusError("sea-none-yet", { source: request.sea ?? "default" });
  const defaults = { flowM3s: request.flowM3s ?? null, effluent: request.effluent ?? null };
  const outfalls = readOutfalls(request.outfalls ?? demonstrationOutfalls, defaults);
  const farms = readFarms(request.farms ?? demonstrationFarms);
  const start = Date.parse(request.start);
  const releaseStart = withoutMilliseconds(start - request.spinUpHours * 3_600_000);
  const { sea, coveredHours, labels } = checkSea(context.sea, {
    startUtc: releaseStart,
    hours: request.spinUpHours + request.hours,
    gapHours: request.gapHours,
    places: [
      ...outfalls,
      ...farms.flatMap(({ name, rings }) => rings.flat().map(([lon, lat]) => ({ name, lon, lat }))),
    ],
  });
  if (coveredHours <= request.spinUpHours) {
    const [first = "", last = ""] = [context.sea.frames[0]?.validAtUtc, context.sea.frames.at(-1)?.validAtUtc];
    throw new NereusError("start-outside-times", { start: request.start, first, last });
  }
  demandParticles(request, outfalls, context);
  const seed = request.seed ?? seedOf(request);
  const isInvented = request.outfalls === undefined || request.farms === undefined;
  const degraded = [...labels, ...musselLabels({ request, outfalls, coveredHours, isInvented })];
  const rainMmPerHour = request.rainMmPerHour ?? rainFrom(request);
  const plan = { request, pipelineId, outfalls, farms, sea, seed, releaseStart, coveredHours, degraded, isInvented };
  // The documents themselves are stored once, read.
  const { outfalls: _given, farms: _drawn, ...plain } = request;
  return {
    ...plain,
    ...{ start: withoutMilliseconds(start), seed, releaseStart, coveredHours, rainMmPerHour },
    ...{ outfalls, farms, sea, product: planMussel(plan) },
  };
}

function parseRequest(given: RunInput): MusselRequest {
  const parsed = musselInput.safeParse(given);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new NereusError("input-invalid", {
    field: issue?.path.join(".") || "request",
    problem: issue?.message ?? "not as expected",
  });
}

function demandLimits({ hours }: MusselRequest, { limits }: PrepareContext): void {
  if (hours > limits.hours) throw new NereusError("duration-too-long", { hours, limitHours: limits.hours });
}

/** So many fit into the memory of the task, 70 B each and as much again while they are sorted. */
const mostReleased = 20_000_000;

/** The host's limit of particles is what one hour may give off here: on average a run follows some tens of hours. */
function demandParticles(
  { particlesPerHour, spinUpHours, hours }: MusselRequest,
  outfalls: readonly Outfall[],
  { limits }: PrepareContext,
) {
  const perHour = particlesPerHour * outfalls.length;
  if (perHour * (spinUpHours + hours) > mostReleased)
    throw new NereusError("input-invalid", {
      field: "particlesPerHour",
      problem: `At most ${Math.floor(mostReleased / (spinUpHours + hours) / outfalls.length)} particles an hour are possible for each outfall.`,
    });
  if (perHour > limits.particles)
    throw new NereusError("input-invalid", {
      field: "particlesPerHour",
      problem: `At most ${limits.particles} particles are allowed here.`,
    });
}

/** The spell of a scenario begins half-way through the spin-up, so that its effect is in the forecast. */
function rainFrom({ rain, spinUpHours }: MusselRequest): readonly number[] {
  const dry = Array.from({ length: Math.floor(spinUpHours / 2) }, () => 0);
  return rain === "none" ? [] : [...dry, ...rainScenarios[rain]];
}

function withoutMilliseconds(time: number): string {
  return new Date(time).toISOString().replace(/\.\d+Z$/, "Z");
}

/** The same request gets the same random numbers (FNV-1a over its fields). */
function seedOf({ start, hours, spinUpHours, outfalls, rain }: MusselRequest): number {
  let hash = 0x811c9dc5;
  for (const character of JSON.stringify([Date.parse(start), hours, spinUpHours, outfalls ?? null, rain]))
    hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193);
  return hash >>> 0;
}
