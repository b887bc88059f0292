import type { PipelineId } from "@/lib/ids";
import type { PipelineModule } from "@/lib/pipeline/pipeline-module";
import { demoSea } from "@/pipelines/demo-sea/pipeline";
import { demoWeather } from "@/pipelines/demo-weather/pipeline";
import { envappChain, envappWeek } from "@/pipelines/envapp-chain/pipeline";
import { mussel, musselDaily } from "@/pipelines/mussel/pipeline";
import { rasterIngest } from "@/pipelines/raster-ingest/pipeline";
import { smoke } from "@/pipelines/smoke/pipeline";
import { smokeChain } from "@/pipelines/smoke-chain/pipeline";

/** Every pipeline of this installation. A new pipeline is a folder and one line here. */
export const pipelines: readonly PipelineModule[] = [
  demoWeather,
  demoSea,
  smoke,
  mussel,
  musselDaily,
  rasterIngest,
  smokeChain,
  envappChain,
  envappWeek,
];

/** The pipeline of that id, or null. */
export function findPipeline(id: PipelineId | string): PipelineModule | null {
  return pipelines.find((module) => module.definition.id === id) ?? null;
}
