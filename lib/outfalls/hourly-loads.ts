import type { Outfall, OutfallChange } from "@/lib/outfalls/outfall";
import { outfallLoad } from "@/lib/transport/outfall-load";

/** Bacteria that an outfall gives off in each hour of a run, CFU/s: in dry weather, and by overflow on top of it. */
export type HourlyLoads = { readonly dry: readonly number[]; readonly overflow: readonly number[] };

/**
 * Loads of a run's hours. Series hold from their time on until the next one; the day cycle multiplies the dry flow.
 * @param run.rainMmPerHour  of each hour; fewer = no rain afterwards
 */
export function hourlyLoads(
  outfall: Outfall,
  run: { readonly startUtc: string; readonly hours: number; readonly rainMmPerHour: readonly number[] },
): HourlyLoads {
  const start = Date.parse(run.startUtc);
  const [from, to] = [Date.parse(outfall.startUtc ?? "") || -Infinity, Date.parse(outfall.endUtc ?? "") || Infinity];
  const series = [...outfall.series].sort((a, b) => Date.parse(a.fromUtc) - Date.parse(b.fromUtc));
  const dry: number[] = [];
  const overflow: number[] = [];
  for (let hour = 0; hour < run.hours; hour += 1) {
    const at = start + hour * 3_600_000;
    const isOn = at >= from && at < to;
    const { flowM3s, concentration } = valuesAt(outfall, series, at);
    const cycle = outfall.dayCycle?.[new Date(at).getUTCHours()] ?? 1;
    dry.push(isOn ? outfallLoad(flowM3s * cycle, concentration) : 0);
    const { thresholdMmPerHour = 0, m3sPerMmPerHour = 0, concentration: strength = 0 } = outfall.overflow ?? {};
    const excess = Math.max(0, (run.rainMmPerHour[hour] ?? 0) - thresholdMmPerHour);
    overflow.push(isOn ? outfallLoad(m3sPerMmPerHour * excess, strength) : 0);
  }
  return { dry, overflow };
}

function valuesAt(outfall: Outfall, series: readonly OutfallChange[], at: number) {
  return series.findLast(({ fromUtc }) => Date.parse(fromUtc) <= at) ?? outfall;
}
