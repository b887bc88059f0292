import type { RunInput } from "@/lib/dag/run-view";
import type { PrepareContext } from "@/lib/pipeline/pipeline-module";
import { rasterIngestInput } from "@/pipelines/raster-ingest/input";

/** A raster whose time nobody gave is dated by its ingestion. */
export function prepareRasterIngest(request: RunInput, { nowUtc }: PrepareContext): RunInput {
  const { datetime, ...others } = rasterIngestInput.parse(request);
  return { ...others, datetime: datetime ?? nowUtc };
}
