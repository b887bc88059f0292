import type { Config } from "@/server/config";
import type { ServiceContext } from "@/server/services/context";
import { requestRun } from "@/server/services/runs/request-run";
import { readProductIds } from "@/server/store/product";

/**
 * Asks for a first forecast when nothing has been published yet and the default weather is made by a pipeline of ours.
 * @returns the pipeline that will run, or null
 */
export async function requestFirstForecast(services: ServiceContext, config: Config): Promise<string | null> {
  const source = config.metSources[config.defaultMetSource];
  if (source?.kind !== "pipeline") return null;
  if ((await readProductIds(services.db)).length > 0) return null;
  const { created } = await requestRun(services, { pipelineId: source.pipeline, input: {} });
  return created ? source.pipeline : null;
}
