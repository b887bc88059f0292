import type { PipelineModule } from "@/lib/pipeline/pipeline-module";
import type { Config } from "@/server/config";
import type { Outlook } from "@/server/engine/engine";
import type { ServiceContext } from "@/server/services/context";
import { requestRun } from "@/server/services/runs/request-run";

/** How far the tasks of this worker may look, and how they start runs: as the host itself does. */
export function buildOutlook(
  host: ServiceContext & { readonly config: Pick<Config, "waits"> },
  options: { readonly signal: AbortSignal; readonly findModule?: (pipelineId: string) => PipelineModule | null },
): Outlook {
  const { roots, privateHosts } = host.config.waits;
  return {
    ...{ fileRoots: roots, privateHosts, signal: options.signal },
    startChild: async ({ pipelineId, input, cycle, key, ...owner }) => {
      const module = options.findModule?.(pipelineId) ?? undefined;
      const request = { pipelineId, input, cycle: cycle ?? undefined, idempotencyKey: key, module, owner };
      const { runId } = await requestRun(host, request);
      return runId;
    },
  };
}
