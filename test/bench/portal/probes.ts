import type { BenchmarkFigures } from "@/test/bench/benchmark-figures";
import { probeField } from "@/test/portal/probe-field";
import { romsDepth, wrfDomain, wrfTemperature } from "@/test/portal/real-field";

/** 10,000 probes each of a WRF file, of a large Lambert grid and of a curvilinear ROMS grid against the files. */
export async function portalProbes(): Promise<BenchmarkFigures> {
  const figures: Record<string, number> = {};
  for (const [name, load] of [
    ["wrf", wrfTemperature],
    ["lambert", wrfDomain],
    ["roms", romsDepth],
  ] as const) {
    const { wrong, largestSteps, largestPositionCells } = await probeField(await load());
    figures[`${name}WrongProbes`] = wrong;
    figures[`${name}LargestSteps`] = largestSteps;
    figures[`${name}LargestPositionCells`] = largestPositionCells;
  }
  return { figures, postgres: "not used" };
}
