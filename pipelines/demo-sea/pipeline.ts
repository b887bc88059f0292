import { definePipeline, input, literal, output, program, ref, run } from "@/lib/pipeline/define-pipeline";
import type { PipelineModule } from "@/lib/pipeline/pipeline-module";
import { demoSeaInput } from "@/pipelines/demo-sea/input";
import { demoSeaLayers } from "@/pipelines/demo-sea/layers";
import { prepareDemoSea } from "@/pipelines/demo-sea/prepare";

const definition = definePipeline({
  id: "demo-sea",
  title: { en: "Demonstration sea", it: "Mare dimostrativo" },
  kind: "routinary",
  input: demoSeaInput,
  prepared: ["cycle", "mapEveryHours", "product"],
  products: [
    {
      id: "demo-sea",
      title: { en: "Demonstration sea", it: "Mare dimostrativo" },
      domain: "gulf",
      licence: "CC0-1.0",
      citation: "Synthetic demonstration data of Nereus. Coast from Natural Earth 1:10m.",
    },
  ],
  nodes: [
    program("simulate", {
      program: "demo-sea",
      params: {
        cycle: input("cycle"),
        hours: input("hours"),
        hoursBefore: input("hoursBefore"),
        mapEveryHours: input("mapEveryHours"),
      },
      outputs: [output("map/ocean_his_*.nc", { commit: "on-rename" }), output("currents/**")],
      pool: "compute",
      retries: 1,
      timeoutSeconds: 900,
    }),
    program("publish", {
      program: "publish",
      fan: "single",
      inputs: { hour: ref("workflow:///simulate/map/ocean_his_*.nc", { stream: true }) },
      params: {
        product: input("product"),
        runId: run("id"),
        generation: run("generation"),
        source: literal("sea"),
        headline: literal(["current_speed"]),
        keepHistory: literal(false),
      },
      // What the closing task reads; the rest reaches the store through the fragment.
      outputs: [output("fragment.json"), output("files/map.zarr/*/*.0.0")],
      product: "demo-sea",
      retries: 1,
      timeoutSeconds: 120,
    }),
    program("close", {
      program: "close-product",
      inputs: { fragments: ref("workflow:///publish/"), currents: ref("workflow:///simulate/currents/") },
      params: { weather: literal(false) },
      outputs: [output("fragment.json")],
      product: "demo-sea",
      retries: 1,
      timeoutSeconds: 300,
    }),
  ],
});

/** A synthetic sea in the Gulf of Naples, so that mussel runs work where no ocean model feeds the portal. */
export const demoSea: PipelineModule = {
  definition,
  input: demoSeaInput,
  layers: demoSeaLayers,
  needsMet: false,
  prepare: prepareDemoSea,
};
