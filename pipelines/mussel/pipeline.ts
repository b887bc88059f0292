import type { ZodType } from "zod";
import { definePipeline } from "@/lib/pipeline/define-pipeline";
import type { PipelineModule } from "@/lib/pipeline/pipeline-module";
import { musselDailyInput, musselInput } from "@/pipelines/mussel/input";
import { musselLayers } from "@/pipelines/mussel/layers";
import { musselNodes } from "@/pipelines/mussel/nodes";
import { prepareMussel } from "@/pipelines/mussel/prepare";

const title = { en: "Mussel farms", it: "Allevamenti di mitili" };

function definitionOf(id: string, kind: "routinary" | "on-demand", input: ZodType<Record<string, unknown>>) {
  const daily = kind === "routinary";
  return definePipeline({
    id,
    title: daily ? { en: `${title.en} (daily)`, it: `${title.it} (ogni giorno)` } : title,
    kind,
    input,
    prepared: ["coveredHours", "releaseStart", "product"],
    nodes: musselNodes,
    products: [
      {
        id: "mussel",
        title: { en: "Mussel farms: E. coli (predicted)", it: "Allevamenti di mitili: E. coli (previsto)" },
        domain: "farms",
        licence: "CC-BY-4.0",
        citation: "Nereus mussel run",
      },
    ],
  });
}

/** Bacteria from outfalls to mussels on demand: currents -> particles -> a map for each hour -> predicted status of farms. */
export const mussel: PipelineModule = {
  definition: definitionOf("mussel", "on-demand", musselInput),
  input: musselInput,
  layers: musselLayers,
  needsMet: false,
  needsSea: true,
  prepare: (request, context) => prepareMussel(request, context),
};

/** The same for each cycle: today is the day that the cycle begins. */
export const musselDaily: PipelineModule = {
  ...mussel,
  definition: definitionOf("mussel-daily", "routinary", musselDailyInput),
  input: musselDailyInput,
  layers: [],
  prepare: (request, context) => {
    const start =
      context.cycle === null ? `${context.nowUtc.slice(0, 10)}T00:00:00Z` : `${context.cycle.slice(0, 13)}:00:00Z`;
    return prepareMussel({ ...request, start }, context, "mussel-daily");
  },
};
