import { airKernel } from "@/test/bench/air-kernel";
import type { BenchmarkFigures } from "@/test/bench/benchmark-figures";
import { onDemonstrationWeather } from "@/test/bench/demonstration-host";
import { ensembleSeconds } from "@/test/bench/ensemble";
import { worstLayerPercent } from "@/test/bench/mixed-layer";
import { mussel } from "@/test/bench/mussel";
import { seaKernelSpeed } from "@/test/bench/sea-speed";
import { smokeSeconds } from "@/test/bench/smoke";
import { threadGainRatio } from "@/test/bench/thread-gain";
import { buildYardstick } from "@/test/bench/yardstick";

/**
 * The transport kernels against the C yard-stick, built and run back to back with them, and runs of the whole portal, one
 * file for each measure. Ratios are the yard-stick's speed over ours; the smoke run is one of 24 h and 50,000 particles.
 */
export async function transport(): Promise<BenchmarkFigures> {
  const kernels = await kernelFigures();
  const { figures: bacteria } = await mussel();
  return onDemonstrationWeather(async (host) => ({
    figures: { ...kernels, ...bacteria, ...(await smokeSeconds(host, "50000")), ...(await ensembleSeconds(host)) },
    postgres: await host.postgres(),
  }));
}

async function kernelFigures(): Promise<BenchmarkFigures["figures"]> {
  const yardstick = buildYardstick();
  try {
    const sea = seaKernelSpeed();
    const { figures: air } = await airKernel();
    const c = await yardstick.run();
    const airSpeed = air.mParticleStepsPerCoreSecond ?? Number.NaN;
    return {
      seaMStepsPerCoreSecond: sea,
      airMStepsPerCoreSecond: airSpeed,
      seaCRatio: c.sea / sea,
      airCRatio: c.air / airSpeed,
      airMeanSubSteps: air.meanSubSteps ?? Number.NaN,
      airWellMixedWorstLayerPercent: worstLayerPercent(),
      threadGainRatio: await threadGainRatio(yardstick),
    };
  } finally {
    yardstick.remove();
  }
}
