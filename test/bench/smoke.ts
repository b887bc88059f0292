import type { BenchmarkFigures } from "@/test/bench/benchmark-figures";
import { type DemonstrationHost, onDemonstrationWeather } from "@/test/bench/demonstration-host";
import { median } from "@/test/bench/median";

const rounds = 3;

/** A smoke run alone on a fresh installation; the weather is computed first and is not in the figures. */
export function smoke(): Promise<BenchmarkFigures> {
  return onDemonstrationWeather(async (host) => ({
    figures: await smokeSeconds(host, "20000"),
    postgres: await host.postgres(),
  }));
}

/** From request to first layer and to the end of a 24 h run without an ensemble: medians of three runs. */
export async function smokeSeconds(host: DemonstrationHost, particles: string): Promise<BenchmarkFigures["figures"]> {
  const timings: { firstLayerMs: number; totalMs: number }[] = [];
  for (let round = 0; round < rounds; round += 1) timings.push(await host.smoke({ particles, members: "0" }));
  return {
    firstLayerSeconds: median(timings.map(({ firstLayerMs }) => firstLayerMs)) / 1000,
    smokeSeconds: median(timings.map(({ totalMs }) => totalMs)) / 1000,
  };
}
