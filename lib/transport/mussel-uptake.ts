import { exp } from "@/lib/transport/portable-math";

export type MusselRates = {
  /** Concentration ratio of flesh to water, ml/g: the plateau is this times the water's MPN/100 ml. */
  readonly concentrationRatioMlPerG: number;
  /** While the flesh is below its plateau, and above it, 1/h; one rate for both is allowed. */
  readonly uptakePerHour: number;
  readonly depurationPerHour: number;
};

/**
 * Bacteria in mussel flesh after each hour, MPN/100 g: dC/dt = k (CR Cw - C), exact for water that is constant within the
 * hour. The flesh never crosses its plateau within an hour, so an hour keeps one rate.
 * @param waterByHour  MPN/100 ml, one value per hour; @param start  MPN/100 g
 * Source: linear exchange, Marino et al. (2005); checked against mussel-kinetics.
 */
export function musselFlesh(rates: MusselRates, waterByHour: readonly number[], start: number): readonly number[] {
  const uptake = exp(-rates.uptakePerHour);
  const depuration = exp(-rates.depurationPerHour);
  let flesh = start;
  return waterByHour.map((water) => {
    const plateau = rates.concentrationRatioMlPerG * water;
    flesh = plateau + (flesh - plateau) * (plateau > flesh ? uptake : depuration);
    return flesh;
  });
}
