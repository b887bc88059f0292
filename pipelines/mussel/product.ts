import type { FarmArea } from "@/lib/farms/farm-area";
import type { SeaInventory } from "@/lib/formats/roms/sea-inventory";
import { asId, type PipelineId, type ProductId } from "@/lib/ids";
import type { DegradedLabel } from "@/lib/map/product";
import type { PlannedProduct } from "@/lib/map/product-schema";
import type { Outfall } from "@/lib/outfalls/outfall";
import { modelVersion } from "@/lib/transport/model-version";
import type { MusselRequest } from "@/pipelines/mussel/input";
import { mapGrid } from "@/pipelines/mussel/map-grid";
import { musselVariables } from "@/pipelines/mussel/variables";

export type MusselPlan = {
  readonly request: MusselRequest;
  readonly pipelineId: string;
  readonly outfalls: readonly Outfall[];
  readonly farms: readonly FarmArea[];
  readonly sea: SeaInventory;
  readonly seed: number;
  readonly releaseStart: string;
  readonly coveredHours: number;
  readonly degraded: readonly DegradedLabel[];
  readonly isInvented: boolean;
};

/** The product of a run: hourly E. coli in three layers, from the first hour of the spin-up on. */
export function planMussel(plan: MusselPlan): PlannedProduct {
  const { request, outfalls, farms, sea, releaseStart, degraded } = plan;
  const begin = Date.parse(releaseStart);
  const iso = (time: number) => new Date(time).toISOString().replace(/\.\d+Z$/, "Z");
  return {
    productId: asId<ProductId>("mussel"),
    pipelineId: asId<PipelineId>(plan.pipelineId),
    title: { en: "Mussel farms: E. coli (predicted)", it: "Allevamenti di mitili: E. coli (previsto)" },
    domain: "farms",
    grid: mapGrid(outfalls, farms, sea),
    times: Array.from({ length: request.spinUpHours + request.hours }, (_, hour) =>
      iso(begin + (hour + 1) * 3_600_000),
    ),
    variables: [...musselVariables],
    attributes: {
      Conventions: "CF-1.8, ACDD-1.3",
      source: modelVersion,
      summary: "E. coli that the named sources bring into the sea. Predicted, not a food-safety decision.",
      comment: "Loads of the sources are estimates. No other source of bacteria is in it.",
      seed: plan.seed,
      particles_per_source_and_hour: request.particlesPerHour,
      sources: outfalls.length,
      farms: farms.length,
      spin_up_hours: request.spinUpHours,
      cloud_share: request.cloudShare,
      light_extinction_per_m: request.extinctionPerM,
      sea_source: sea.source,
      sea_run: sea.runId ?? "unknown",
      sea_files_sha256: sea.files.map(({ sha256 }) => sha256 ?? "unknown").join(" "),
      coverage_until: iso(begin + plan.coveredHours * 3_600_000),
    },
    degraded: [...degraded],
    demonstration: sea.demonstration || plan.isInvented,
    licence: "CC-BY-4.0",
    citation: `Nereus mussel run, ${modelVersion}`,
  };
}
