import { postersOf } from "@/lib/map/posters-of";
import { input, literal, output, program, ref, run } from "@/lib/pipeline/define-pipeline";
import type { NodeDefinition } from "@/lib/pipeline/definition";
import { musselLayers } from "@/pipelines/mussel/layers";

/** Currents and places are checked -> particles -> an hour is published as soon as it is done -> farms -> the product closes. */
export const musselNodes: readonly NodeDefinition[] = [
  program("sea", {
    program: "fetch-sea",
    params: { sea: input("sea"), outfalls: input("outfalls"), farms: input("farms"), moveM: input("moveM") },
    outputs: [output("sea.json"), output("**", { required: false })],
    retries: 2,
    timeoutSeconds: 1800,
  }),
  program("bacteria", {
    program: "bacteria",
    pool: "compute",
    params: {
      start: input("releaseStart"),
      hours: input("coveredHours"),
      seed: input("seed"),
      particlesPerHour: input("particlesPerHour"),
      outfalls: input("outfalls"),
      farms: input("farms"),
      rainMmPerHour: input("rainMmPerHour"),
      cloudShare: input("cloudShare"),
      extinctionPerM: input("extinctionPerM"),
      moveM: input("moveM"),
      product: input("product"),
    },
    inputs: { sea: ref("workflow:///sea/") },
    outputs: [output("hours/*.nc", { commit: "on-rename" }), output("farms.json"), output("ledger.json")],
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
      // The hours hold the published variables by name on the product's own grid, as those of a smoke run do.
      source: literal("smoke-hour"),
      headline: literal(["ecoli"]),
      posters: literal(postersOf(musselLayers)),
      keepHistory: literal(false),
    },
    inputs: { hour: ref("workflow:///bacteria/hours/*.nc", { stream: true }) },
    // What the closing task reads; the rest reaches the store through the fragment.
    outputs: [output("fragment.json"), output("files/map.zarr/*/*.0.0")],
    retries: 2,
    timeoutSeconds: 600,
    product: "mussel",
  }),
  program("status", {
    program: "mussel",
    params: { spinUpHours: input("spinUpHours"), seed: input("seed"), runId: run("id"), product: input("product") },
    inputs: { model: ref("workflow:///bacteria/farms.json") },
    outputs: [output("predicted-status.json"), output("bulletin.*"), output("*.csv")],
    retries: 1,
    timeoutSeconds: 600,
  }),
  program("close", {
    program: "close-product",
    inputs: {
      fragments: ref("workflow:///publish/"),
      model: ref("workflow:///bacteria/"),
      report: ref("workflow:///status/predicted-status.json"),
    },
    params: { weather: literal(false) },
    outputs: [output("fragment.json")],
    retries: 2,
    timeoutSeconds: 1800,
    product: "mussel",
  }),
];
