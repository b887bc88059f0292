import { normalShareBelow } from "@/lib/scores/normal-distribution";

/**
 * Probability that one sample does not exceed a limit when the predicted median is given and log10 is normal around it.
 * A predicted status, never the official class. A median of 0 never exceeds.
 * @param sdLog10  standard deviation of log10, above 0
 * Limits: 230, 700, 4600 and 46 000 MPN/100 g (Regulation (EU) 2019/627). Checked against class-probability.
 */
export function probabilityNotAbove(limit: number, median: number, sdLog10: number): number {
  return median <= 0 ? 1 : normalShareBelow(Math.log10(limit / median) / sdLog10);
}
