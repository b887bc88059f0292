import type { RunInput } from "@/lib/dag/run-view";
import type { PrepareContext } from "@/lib/pipeline/pipeline-module";
import { smokeChainInput } from "@/pipelines/smoke-chain/input";
import { gridAround, planSmokeChain } from "@/pipelines/smoke-chain/product";

/** Completes a request to the run's input: the start (the last full hour where none is given), the grid, the product. */
export function prepareSmokeChain(request: RunInput, { nowUtc }: Pick<PrepareContext, "nowUtc">): RunInput {
  const { start = `${nowUtc.slice(0, 13)}:00:00Z`, ...others } = smokeChainInput.parse(request);
  const times = Array.from({ length: others.hours }, (_, hour) =>
    new Date(Date.parse(start) + hour * 3_600_000).toISOString().replace(".000Z", "Z"),
  );
  const grid = gridAround(others.lat, others.lon);
  return { ...others, start, grid, product: planSmokeChain(grid, times) };
}
