import type { RunInput } from "@/lib/dag/run-view";
import type { PrepareContext } from "@/lib/pipeline/pipeline-module";
import { envappInput } from "@/pipelines/envapp-chain/input";
import { airGrid, planProduct, seaGrid } from "@/pipelines/envapp-chain/products";

/** Completes a request to the run's input: the start (00 UTC of today where none is given), grids and products. */
export function prepareEnvapp(
  request: RunInput,
  { nowUtc }: Pick<PrepareContext, "nowUtc">,
  chain: { readonly pipelineId: string; readonly days: number },
): RunInput {
  const { start = `${nowUtc.slice(0, 10)}T00:00:00Z`, ...others } = envappInput.parse(request);
  const times = Array.from({ length: chain.days * others.hoursPerDay }, (_, step) => {
    const lead = Math.floor(step / others.hoursPerDay) * 24 + (step % others.hoursPerDay);
    return new Date(Date.parse(start) + lead * 3_600_000).toISOString().replace(".000Z", "Z");
  });
  const plan = { pipelineId: chain.pipelineId, times };
  return {
    ...others,
    start,
    airGrid,
    seaGrid,
    wrf5: planProduct("wrf5", plan),
    rms3: planProduct("rms3", plan),
    wcm3: planProduct("wcm3", plan),
  };
}
