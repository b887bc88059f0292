import { postersOf } from "@/lib/map/posters-of";
import { definePipeline, input, literal, output, program, ref, run } from "@/lib/pipeline/define-pipeline";
import type { PipelineModule } from "@/lib/pipeline/pipeline-module";
import { ensembleNodes, summaryNodes } from "@/pipelines/smoke/ensemble-nodes";
import { smokeInput } from "@/pipelines/smoke/input";
import { smokeLayers } from "@/pipelines/smoke/layers";
import { moreTitles } from "@/pipelines/smoke/more-products";
import { prepareSmoke } from "@/pipelines/smoke/prepare";

const titles = { smoke: { en: "Wildfire smoke", it: "Fumo da incendio" }, ...moreTitles };

const definition = definePipeline({
  id: "smoke",
  title: { en: "Wildfire smoke", it: "Fumo da incendio" },
  kind: "on-demand",
  input: smokeInput,
  // Maps that come later than this help nobody at the fire.
  deadlineSeconds: 3600,
  prepared: [
    "coveredHours",
    "product",
    "summaryProduct",
    "ensembleProduct",
    "ensembleSummaryProduct",
    "emissionVariation",
  ],
  nodes: [
    program("met", {
      program: "fetch-met",
      params: { met: input("met") },
      outputs: [output("met.json"), output("**", { required: false })],
      retries: 2,
      timeoutSeconds: 1800,
    }),
    program("transport", {
      program: "transport",
      pool: "compute",
      params: {
        lat: input("lat"),
        lon: input("lon"),
        start: input("start"),
        hours: input("coveredHours"),
        areaHa: input("areaHa"),
        fuel: input("fuel"),
        seed: input("seed"),
        particles: input("particles"),
        product: input("product"),
      },
      inputs: { met: ref("workflow:///met/") },
      outputs: [output("hours/*.nc", { commit: "on-rename" }), output("ledger.json")],
      retries: 1,
      timeoutSeconds: 7200,
      memoryMb: 3000,
    }),
    program("publish", {
      program: "publish",
      fan: "single",
      params: {
        product: input("product"),
        runId: run("id"),
        generation: run("generation"),
        source: literal("smoke-hour"),
        headline: literal(["pm25", "pm25_column"]),
        posters: literal(postersOf(smokeLayers)),
        keepHistory: literal(false),
      },
      inputs: { hour: ref("workflow:///transport/hours/*.nc", { stream: true }) },
      // What the closing task reads; the rest reaches the store through the fragment.
      outputs: [output("fragment.json"), output("files/map.zarr/*/*.0.0")],
      retries: 2,
      timeoutSeconds: 600,
      product: "smoke",
    }),
    program("close", {
      program: "close-product",
      inputs: { fragments: ref("workflow:///publish/"), model: ref("workflow:///transport/") },
      params: { weather: literal(false) },
      outputs: [output("fragment.json")],
      retries: 2,
      timeoutSeconds: 1800,
      product: "smoke",
    }),
    ...summaryNodes,
    ...ensembleNodes,
  ],
  products: Object.entries(titles).map(([id, title]) => ({
    ...{ id, title, domain: "fire", licence: "CC-BY-4.0", citation: "Nereus smoke run" },
  })),
});

/** Smoke of a wildfire on demand: weather -> particles -> a map for each hour as soon as it is computed. */
export const smoke: PipelineModule = {
  definition,
  input: smokeInput,
  layers: smokeLayers,
  needsMet: true,
  prepare: prepareSmoke,
};
