import type { ZodType } from "zod";
import type { RunInput } from "@/lib/dag/run-view";
import type { SeaInventory } from "@/lib/formats/roms/sea-inventory";
import type { MetInventory } from "@/lib/formats/wrf/inventory";
import type { LayerDefinition } from "@/lib/map/product";
import type { PipelineDefinition } from "@/lib/pipeline/definition";

/** What a folder under `pipelines/` exports and `pipelines/registry.ts` lists: data and pure functions. */
export type PipelineModule = {
  readonly definition: PipelineDefinition;
  /** What a person may send; the definition's JSON Schema is made from it. Errors name the field and the remedy. */
  readonly input: ZodType<Record<string, unknown>>;
  readonly layers: readonly LayerDefinition[];
  /** True when a request must be resolved to weather files before `prepare` is called. */
  readonly needsMet: boolean;
  /** True when it must be resolved to ocean files too, from the field `sea`. */
  readonly needsSea?: boolean;
  /** Fields of the request that name files of the host; only its own command line may give them. */
  readonly hostFiles?: readonly string[];
  /** Many jobs for one request: starting it is for those who may start routine runs. */
  readonly forOperators?: boolean;
  /**
   * Checks a validated request against what is there and completes it to the run's stored input: weather files,
   * output grid, time axis, seed. Pure; nothing is queued when it throws.
   * @throws {NereusError} point-outside-domain, start-outside-times, met-gap-too-long, duration-too-long, ...
   */
  prepare(request: RunInput, context: PrepareContext): RunInput;
};

export type PrepareContext = {
  /** ISO 8601 UTC. */
  readonly nowUtc: string;
  /** Nominal time of a routinary run, `2026-07-01T00Z`. */
  readonly cycle: string | null;
  readonly met: MetInventory | null;
  readonly sea?: SeaInventory | null;
  readonly limits: { readonly hours: number; readonly particles: number };
};
