import { type DrivingReason, drivingReason } from "@/lib/farms/driving-reason";
import type { FarmSeries, FarmsFile } from "@/lib/farms/farm-series";
import { effluentStrengths } from "@/lib/outfalls/effluent";
import { musselFlesh } from "@/lib/transport/mussel-uptake";
import { exp } from "@/lib/transport/portable-math";
import { RandomStream } from "@/lib/transport/random-stream";

/** Limits of Regulation (EU) 2019/627, MPN E. coli per 100 g of flesh and liquid; a value on a limit does not exceed it. */
export const classLimits = [230, 700, 4600, 46_000] as const;

/** What is assumed of mussels, with its spread. Sources: SCIENCE.md A.8. */
export const musselAssumptions = {
  /** Flesh over water at the plateau, and the standard deviation of its log10. */
  concentrationRatio: 10,
  concentrationRatioSdLog10: 0.4,
  uptakePerHour: 3,
  /** Time in which clean water takes nine tenths out. */
  depurationT90Hours: 12,
  /** Of the 5 x 3 tube assay: a factor 3 either way in 19 of 20 samples. */
  assaySdLog10: 0.243,
  draws: 400,
} as const;

/** Probabilities for one sample taken at the worst hour of a day; never the official class. */
export type DayStatus = {
  /** 0 = today, 1 = tomorrow, 2 = the day after. */
  readonly day: number;
  readonly fromUtc: string;
  readonly toUtc: string;
  /** Hours of the day that the run covers. */
  readonly hours: number;
  /** p(not above) for each of `classLimits`. */
  readonly notAbove: readonly number[];
  /** MPN/100 g. */
  readonly medianMpn: number;
  readonly p90Mpn: number;
  /** Largest hourly mean of the water, CFU/100 ml, with the expected loads. */
  readonly waterMax: number;
  /** Fewer than four independent particles at that hour: the number is below detection. */
  readonly belowDetection: boolean;
  readonly reason: DrivingReason | null;
};

export type FarmStatus = {
  readonly id: string;
  readonly name: string;
  readonly depthM: number;
  readonly days: readonly DayStatus[];
};

/**
 * Predicted status of each farm for up to three days after the spin-up, from a sample of the stated log-normal spreads: the
 * strength of each effluent, the mussels' concentration ratio, the assay. Concentrations are linear in the loads, so that
 * no run is repeated.
 */
export function predictStatus(
  file: FarmsFile,
  { seed, spinUpHours }: { readonly seed: number; readonly spinUpHours: number },
): readonly FarmStatus[] {
  const random = new RandomStream(seed, spreadStream);
  return file.farms.map((farm, index) => {
    const peaks = sampledPeaks(file, farm, { random, index, spinUpHours });
    const days = peaks.map((values, day): DayStatus => dayStatus(file, farm, { values, day, spinUpHours }));
    return { id: farm.id, name: farm.name, depthM: farm.depthM, days };
  });
}

const spreadStream = 0x6d757373;
const log10 = Math.LN10;
const mostDays = 3;

function daysOf({ hours }: FarmsFile, spinUpHours: number): number {
  return Math.min(mostDays, Math.max(1, Math.ceil((hours - spinUpHours) / 24)));
}

/** Largest value of flesh in each day, for each draw, in ascending order. */
function sampledPeaks(
  file: FarmsFile,
  farm: FarmSeries,
  { random, index, spinUpHours }: { random: RandomStream; index: number; spinUpHours: number },
): readonly (readonly number[])[] {
  const days = daysOf(file, spinUpHours);
  const peaks = Array.from({ length: days }, (): number[] => []);
  for (let draw = 0; draw < musselAssumptions.draws; draw += 1) {
    random.seek(draw, index, 0);
    const ratio = musselAssumptions.concentrationRatio * factor(random, musselAssumptions.concentrationRatioSdLog10);
    const assay = factor(random, musselAssumptions.assaySdLog10);
    const water = new Array<number>(file.hours).fill(0);
    for (const { outfall, dry, overflow } of farm.sources) {
      // One source has the same strength at every farm: its draw hangs on the source.
      random.seek(draw, 1000 + outfall, 1);
      const sewage = factor(random, file.outfalls[outfall]?.sdLog10 ?? 0);
      const storm = factor(random, effluentStrengths["storm-overflow"].sdLog10);
      for (let hour = 0; hour < dry.length; hour += 1)
        water[hour] = (water[hour] ?? 0) + sewage * (dry[hour] ?? 0) + storm * (overflow[hour] ?? 0);
    }
    const flesh = musselFlesh(ratesOf(ratio), water, 0);
    for (const [day, list] of peaks.entries()) list.push(assay * peakOf(flesh, day, spinUpHours).value);
  }
  return peaks.map((list) => list.sort((a, b) => a - b));
}

function ratesOf(ratio: number) {
  const { uptakePerHour, depurationT90Hours } = musselAssumptions;
  return { concentrationRatioMlPerG: ratio, uptakePerHour, depurationPerHour: log10 / depurationT90Hours };
}

const factor = (random: RandomStream, sdLog10: number): number => exp(log10 * sdLog10 * random.normal());

/** The worst hour of a day after the spin-up. */
function peakOf(values: readonly number[], day: number, spinUpHours: number): { value: number; hour: number } {
  let best = { value: 0, hour: spinUpHours + 24 * day };
  for (let hour = spinUpHours + 24 * day; hour < Math.min(values.length, spinUpHours + 24 * (day + 1)); hour += 1)
    if ((values[hour] ?? 0) > best.value) best = { value: values[hour] ?? 0, hour };
  return best;
}

function dayStatus(
  file: FarmsFile,
  farm: FarmSeries,
  { values, day, spinUpHours }: { values: readonly number[]; day: number; spinUpHours: number },
): DayStatus {
  const expected = Array.from({ length: file.hours }, (_, hour) =>
    farm.sources.reduce((sum, { dry, overflow }) => sum + (dry[hour] ?? 0) + (overflow[hour] ?? 0), 0),
  );
  const flesh = musselFlesh(ratesOf(musselAssumptions.concentrationRatio), expected, 0);
  const worst = peakOf(flesh, day, spinUpHours);
  const water = peakOf(expected, day, spinUpHours);
  const layer = farm.layers.find(({ belowM }) => farm.depthM < belowM) ?? farm.layers.at(-1);
  const from = Date.parse(file.start) + (spinUpHours + 24 * day) * 3_600_000;
  const hours = Math.min(24, file.hours - spinUpHours - 24 * day);
  const iso = (time: number) => new Date(time).toISOString().replace(/\.\d+Z$/, "Z");
  return {
    day,
    fromUtc: iso(from),
    toUtc: iso(from + hours * 3_600_000),
    hours,
    notAbove: classLimits.map((limit) => values.filter((value) => value <= limit).length / values.length),
    medianMpn: quantile(values, 0.5),
    p90Mpn: quantile(values, 0.9),
    waterMax: water.value,
    belowDetection: water.value > 0 && (layer?.effectiveParticles[water.hour] ?? 0) < 4,
    reason: worst.value > 0 ? drivingReason(file, farm, worst.hour) : null,
  };
}

function quantile(ordered: readonly number[], share: number): number {
  const at = share * (ordered.length - 1);
  const low = ordered[Math.floor(at)] ?? 0;
  return low + (at - Math.floor(at)) * ((ordered[Math.ceil(at)] ?? low) - low);
}
