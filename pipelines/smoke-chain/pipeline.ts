import type { Binding } from "@/lib/pipeline/binding";
import { definePipeline, input, literal, output, program, ref, run } from "@/lib/pipeline/define-pipeline";
import type { InputDefinition, NodeDefinition, OutputDefinition } from "@/lib/pipeline/definition";
import type { PipelineModule } from "@/lib/pipeline/pipeline-module";
import { smokeChainInput } from "@/pipelines/smoke-chain/input";
import { smokeChainLayers } from "@/pipelines/smoke-chain/layers";
import { prepareSmokeChain } from "@/pipelines/smoke-chain/prepare";
import { citation, licence, title } from "@/pipelines/smoke-chain/product";

/** A task of the chain: what it reads, by name, and what it writes. */
function standIn(
  model: string,
  reads: Readonly<Record<string, string>>,
  ...writes: readonly OutputDefinition[]
): NodeDefinition {
  const params: Record<string, Binding> = {
    ...{ model: literal(model), days: literal(1), day: literal(0), grid: input("grid") },
    ...{ start: input("start"), hoursPerDay: input("hours"), paceSeconds: input("paceSeconds") },
  };
  const inputs: Record<string, InputDefinition> = Object.fromEntries(
    Object.entries(reads).map(([name, reference]) => [name, ref(`workflow:///${reference}`)]),
  );
  return program(model, { program: "stand-in", params, inputs, outputs: writes, retries: 1, timeoutSeconds: 100_000 });
}

const definition = definePipeline({
  id: "smoke-chain",
  title: { en: "Smoke with CALPUFF (11 tasks)", it: "Fumo con CALPUFF (11 attività)" },
  kind: "on-demand",
  input: smokeChainInput,
  prepared: ["grid", "product"],
  products: [{ id: "calpuff", title, domain: "fire", licence, citation }],
  nodes: [
    standIn("dst", {}, output("wrf5_d03_*.nc")),
    standIn("lnd2", { hours: "dst/wrf5_d03_*.nc" }, output("landuse.nc")),
    standIn("terrel", { land: "lnd2/landuse.nc" }, output("terrel.dat")),
    standIn("ctgproc", { land: "lnd2/landuse.nc" }, output("lulc.dat")),
    standIn("makegeo", { terrain: "terrel/terrel.dat", land: "ctgproc/lulc.dat" }, output("geo.dat")),
    standIn("wrf2calwrf", { hours: "dst/wrf5_d03_*.nc" }, output("calwrf.inp")),
    standIn("calwrff", { list: "wrf2calwrf/calwrf.inp" }, output("calwrf.dat")),
    standIn("calmet", { geo: "makegeo/geo.dat", weather: "calwrff/calwrf.dat" }, output("cmet.dat")),
    standIn("calpufff", { weather: "calmet/cmet.dat" }, output("calpuff.con")),
    standIn("calpost", { plume: "calpufff/calpuff.con" }, output("*.nc", { commit: "on-rename" })),
    standIn("www", { hours: "calpost/*.nc" }, output("*.kml"), output("isolines.zip")),
    program("publish", {
      ...{ program: "publish", fan: "single", product: "calpuff", retries: 2, timeoutSeconds: 600 },
      inputs: { hour: ref("workflow:///calpost/*.nc", { stream: true }) },
      params: {
        ...{ product: input("product"), runId: run("id"), generation: run("generation") },
        ...{ source: literal("smoke-hour"), headline: literal(["so2"]), keepHistory: literal(false) },
      },
      outputs: [output("fragment.json"), output("files/map.zarr/*/*.0.0")],
    }),
    program("close", {
      ...{ program: "close-product", product: "calpuff", retries: 2, timeoutSeconds: 1800 },
      inputs: { fragments: ref("workflow:///publish/") },
      params: { weather: literal(false) },
      outputs: [output("fragment.json")],
    }),
  ],
});

/** The eleven tasks of SmokeTracer's chain with stand-ins for its programs, and two of ours that bring it to the map. */
export const smokeChain: PipelineModule = {
  definition,
  input: smokeChainInput,
  layers: smokeChainLayers,
  needsMet: false,
  forOperators: true,
  prepare: prepareSmokeChain,
};
