import { postersOf } from "@/lib/map/posters-of";
import { definePipeline, input, literal, output, program, ref, run } from "@/lib/pipeline/define-pipeline";
import type { PipelineModule } from "@/lib/pipeline/pipeline-module";
import { demoWeatherInput } from "@/pipelines/demo-weather/input";
import { demoWeatherLayers } from "@/pipelines/demo-weather/layers";
import { prepareDemoWeather } from "@/pipelines/demo-weather/prepare";

const definition = definePipeline({
  id: "demo-weather",
  title: { en: "Demonstration weather", it: "Meteo dimostrativo" },
  kind: "routinary",
  input: demoWeatherInput,
  prepared: ["cycle", "product"],
  products: [
    {
      id: "demo-weather",
      title: { en: "Demonstration weather", it: "Meteo dimostrativo" },
      domain: "d01",
      licence: "CC0-1.0",
      citation: "Synthetic demonstration data of Nereus. Coast from Natural Earth 1:10m.",
    },
  ],
  nodes: [
    program("simulate", {
      program: "demo-weather",
      params: { cycle: input("cycle"), hours: input("hours") },
      outputs: [output("wrfout_d01_*.nc", { commit: "on-rename" })],
      pool: "compute",
      retries: 1,
      timeoutSeconds: 600,
    }),
    program("publish", {
      program: "publish",
      fan: "single",
      inputs: { hour: ref("workflow:///simulate/wrfout_d01_*.nc", { stream: true }) },
      params: {
        product: input("product"),
        runId: run("id"),
        generation: run("generation"),
        source: literal("wrf"),
        headline: literal(["wind_speed"]),
        posters: literal(postersOf(demoWeatherLayers)),
        keepHistory: literal(true),
      },
      // What the closing task reads; the rest reaches the store through the fragment.
      outputs: [output("fragment.json"), output("files/map.zarr/*/*.0.0")],
      product: "demo-weather",
      retries: 1,
      timeoutSeconds: 120,
    }),
    program("close", {
      program: "close-product",
      inputs: { fragments: ref("workflow:///publish/") },
      params: { weather: literal(true) },
      outputs: [output("fragment.json")],
      product: "demo-weather",
      retries: 1,
      timeoutSeconds: 300,
    }),
  ],
});

/** Synthetic weather over Campania, so that maps and requests work where no weather model feeds the portal. */
export const demoWeather: PipelineModule = {
  definition,
  input: demoWeatherInput,
  layers: demoWeatherLayers,
  needsMet: false,
  prepare: prepareDemoWeather,
};
