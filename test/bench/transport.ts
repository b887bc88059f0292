import { airKernel } from "@/test/bench/air-kernel";
import type { BenchmarkFigures } from "@/test/bench/benchmark-figures";
import { worstLayerPercent } from "@/test/bench/mixed-layer";
import { seaKernelSpeed } from "@/test/bench/sea-speed";
import { smoke } from "@/test/bench/smoke";
import { threadGainRatio } from "@/test/bench/thread-gain";
import { buildYardstick } from "@/test/bench/yardstick";

/**
 * The transport kernels against the C yard-stick, built and run back to back with them, and the smoke run. Ratios are the
 * yard-stick's speed over ours; the smoke run is one of 24 h and 50,000 particles.
 */
export async function transport(): Promise<BenchmarkFigures> {
  const yardstick = buildYardstick();
  try {
    const sea = seaKernelSpeed();
    const { figures: air } = await airKernel();
    const c = await yardstick.run();
    const airSpeed = air.mParticleStepsPerCoreSecond ?? Number.NaN;
    const threads = await threadGainRatio(yardstick);
    const { figures, postgres } = await smoke("50000");
    return {
      figures: {
        seaMStepsPerCoreSecond: sea,
        airMStepsPerCoreSecond: airSpeed,
        seaCRatio: c.sea / sea,
        airCRatio: c.air / airSpeed,
        airMeanSubSteps: air.meanSubSteps ?? Number.NaN,
        airWellMixedWorstLayerPercent: worstLayerPercent(),
        threadGainRatio: threads,
        ...figures,
      },
      postgres,
    };
  } finally {
    yardstick.remove();
  }
}
