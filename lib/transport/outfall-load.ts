/** 100 ml in a cubic metre. */
const hundredMlPerM3 = 10_000;

/**
 * Bacteria that an outfall gives off, CFU/s.
 * @param flowM3s  m3 s-1; @param concentration  CFU/100 ml
 * Checked against outfall-load: 0.5 m3/s at 1e6 is 5e9 CFU/s.
 */
export function outfallLoad(flowM3s: number, concentration: number): number {
  return flowM3s * concentration * hundredMlPerM3;
}
