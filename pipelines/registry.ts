import type { PipelineId } from "@/lib/ids";
import type { PipelineModule } from "@/lib/pipeline/pipeline-module";
import { demoWeather } from "@/pipelines/demo-weather/pipeline";
import { rasterIngest } from "@/pipelines/raster-ingest/pipeline";
import { smoke } from "@/pipelines/smoke/pipeline";

/** Every pipeline of this installation. A new pipeline is a folder and one line here. */
export const pipelines: readonly PipelineModule[] = [demoWeather, smoke, rasterIngest];

/** The pipeline of that id, or null. */
export function findPipeline(id: PipelineId | string): PipelineModule | null {
  return pipelines.find((module) => module.definition.id === id) ?? null;
}
