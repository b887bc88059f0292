import { definePipeline } from "@/lib/pipeline/define-pipeline";
import type { PipelineModule } from "@/lib/pipeline/pipeline-module";
import { envappInput } from "@/pipelines/envapp-chain/input";
import { envappLayers } from "@/pipelines/envapp-chain/layers";
import { envappNodes } from "@/pipelines/envapp-chain/nodes";
import { prepareEnvapp } from "@/pipelines/envapp-chain/prepare";
import { citation, licence, productTitles } from "@/pipelines/envapp-chain/products";

function chainOf(id: string, days: number): PipelineModule {
  const span = days === 1 ? { en: "one day", it: "un giorno" } : { en: `${days} days`, it: `${days} giorni` };
  return {
    definition: definePipeline({
      id,
      title: { en: `WRF, ROMS and WaComM++ (${span.en})`, it: `WRF, ROMS e WaComM++ (${span.it})` },
      kind: "on-demand",
      input: envappInput,
      prepared: ["airGrid", "seaGrid", "wrf5", "rms3", "wcm3"],
      nodes: envappNodes(days),
      products: Object.entries(productTitles).map(([product, title]) => ({
        ...{ id: product, title, domain: "d03", licence, citation },
      })),
    }),
    input: envappInput,
    layers: envappLayers,
    needsMet: false,
    forOperators: true,
    prepare: (request, context) => prepareEnvapp(request, context, { pipelineId: id, days }),
  };
}

/** The chain for one day: 18 tasks. */
export const envappChain = chainOf("envapp-chain", 1);

/** The chain for seven days: 54 tasks. */
export const envappWeek = chainOf("envapp-week", 7);
