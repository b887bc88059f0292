import { input, literal, output, program, ref, run } from "@/lib/pipeline/define-pipeline";
import type { NodeDefinition } from "@/lib/pipeline/definition";

/** Holds for requests that ask for an ensemble. */
const isAsked = "{input.members | gt(0)}";
const membersPerTask = 6;

/** A task that publishes each of some files of a product, and one that closes it. */
function publishNodes(
  product: {
    readonly id: string;
    readonly field: string;
    readonly suffix: string;
    readonly headline: readonly string[];
  },
  hours: string,
  when?: string,
): readonly NodeDefinition[] {
  const asked = when === undefined ? {} : { when };
  return [
    program(`publish-${product.suffix}`, {
      ...{ program: "publish", fan: "single", product: product.id, retries: 2, timeoutSeconds: 600, ...asked },
      params: {
        product: input(product.field),
        runId: run("id"),
        generation: run("generation"),
        source: literal("smoke-hour"),
        headline: literal([...product.headline]),
        keepHistory: literal(false),
      },
      inputs: { hour: ref(hours, { stream: true }) },
      outputs: [output("fragment.json"), output("files/map.zarr/*/*.0.0")],
    }),
    program(`close-${product.suffix}`, {
      ...{ program: "close-product", product: product.id, retries: 2, timeoutSeconds: 1800, ...asked },
      inputs: { fragments: ref(`workflow:///publish-${product.suffix}/`) },
      params: { weather: literal(false) },
      outputs: [output("fragment.json")],
    }),
  ];
}

/**
 * The ensemble of a smoke run: members are drawn, dealt to tasks, run and put together. It begins when the run without
 * perturbations has ended, so that its hours come to the map first.
 */
export const ensembleNodes: readonly NodeDefinition[] = [
  program("plan", {
    ...{ program: "plan-ensemble", after: ["transport"], when: isAsked, retries: 1, timeoutSeconds: 120 },
    params: {
      members: input("members"),
      membersPerTask: literal(membersPerTask),
      seed: input("seed"),
      emissionVariation: input("emissionVariation"),
    },
    outputs: [output("groups/*.json")],
  }),
  program("members", {
    ...{ program: "transport", fan: "single", pool: "compute", when: isAsked, retries: 1, timeoutSeconds: 7200 },
    memoryMb: 3000,
    params: {
      lat: input("lat"),
      lon: input("lon"),
      start: input("start"),
      hours: input("coveredHours"),
      areaHa: input("areaHa"),
      fuel: input("fuel"),
      seed: input("seed"),
      particles: input("memberParticles"),
      product: input("product"),
    },
    inputs: { group: ref("workflow:///plan/groups/*.json", { stream: true }), met: ref("workflow:///met/") },
    outputs: [output("hours/*.nc")],
  }),
  program("statistics", {
    ...{ program: "smoke-statistics", when: isAsked, retries: 1, timeoutSeconds: 1800, memoryMb: 2000 },
    params: { product: input("ensembleSummaryProduct"), members: input("members") },
    inputs: { hours: ref("workflow:///members/hours/*.nc") },
    outputs: [output("hours/*.nc", { commit: "on-rename" }), output("summary.nc")],
  }),
  ...publishNodes(
    { id: "smoke-ensemble", field: "ensembleProduct", suffix: "ensemble", headline: ["pm25_p90"] },
    "workflow:///statistics/hours/*.nc",
    isAsked,
  ),
  ...publishNodes(
    { id: "smoke-ensemble-summary", field: "ensembleSummaryProduct", suffix: "ensemble-summary", headline: [] },
    "workflow:///statistics/summary.nc",
    isAsked,
  ),
];

/** The run without perturbations as a whole: arrival, hours above, maximum and dose, and who is affected. */
export const summaryNodes: readonly NodeDefinition[] = [
  program("summary", {
    ...{ program: "smoke-statistics", retries: 1, timeoutSeconds: 600 },
    params: { product: input("summaryProduct"), members: literal(0) },
    inputs: { hours: ref("workflow:///transport/hours/*.nc") },
    outputs: [output("summary.nc")],
  }),
  program("affected", {
    ...{ program: "affected", retries: 1, timeoutSeconds: 600 },
    params: {
      lat: input("lat"),
      lon: input("lon"),
      start: input("start"),
      hours: input("hours"),
      product: input("product"),
      areas: input("areas"),
    },
    inputs: { hours: ref("workflow:///transport/hours/*.nc") },
    outputs: [output("affected.csv"), output("affected.geojson"), output("affected.kml")],
  }),
  ...publishNodes(
    { id: "smoke-summary", field: "summaryProduct", suffix: "summary", headline: ["pm25_maximum"] },
    "workflow:///summary/summary.nc",
  ),
];
