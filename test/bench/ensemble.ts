import type { BenchmarkFigures } from "@/test/bench/benchmark-figures";
import { type DemonstrationHost, onDemonstrationWeather } from "@/test/bench/demonstration-host";

/** An ensemble alone on a fresh installation; the weather is computed first and is not in the figure. */
export function ensemble(): Promise<BenchmarkFigures> {
  return onDemonstrationWeather(async (host) => ({
    figures: await ensembleSeconds(host),
    postgres: await host.postgres(),
  }));
}

/**
 * From request to the end of a run of 24 h with 24 members of 10,000 particles each: the run without perturbations before
 * it, statistics, probabilities and publishing included.
 */
export async function ensembleSeconds(host: DemonstrationHost): Promise<BenchmarkFigures["figures"]> {
  const { totalMs } = await host.smoke({ particles: "10000", members: "24", memberParticles: "10000" });
  return { ensembleSeconds: totalMs / 1000 };
}
