import type { Coverage } from "@/lib/map/product";

/** State of what is shown, as the chip says it. */
export type ProductState = "running" | "completed" | "partial" | "failed";

/** The chip of a product: a run that ended with fewer hours than it meant to publish is partial. */
export function productState(coverage: Coverage): ProductState {
  if (coverage.state === "running" || coverage.state === "failed" || coverage.state === "partial")
    return coverage.state;
  return coverage.steps.length < coverage.expectedSteps ? "partial" : "completed";
}

/** "9 h 40 min", minutes only under 48 h, days from then on. Never negative. */
export function ageText(fromUtc: string, nowMs: number, locale: "en" | "it"): string {
  const minutes = Math.max(0, Math.floor((nowMs - Date.parse(fromUtc)) / 60_000));
  const hours = Math.floor(minutes / 60);
  const thin = "\u2009";
  if (hours >= 48) return `${Math.floor(hours / 24)}${thin}${locale === "it" ? "g" : "d"} ${hours % 24}${thin}h`;
  if (hours === 0) return `${minutes}${thin}min`;
  return `${hours}${thin}h ${minutes % 60}${thin}min`;
}

/** Hours, counted from the first step, that are there: "1–87", or "1–12, 14" with holes. */
export function hourRanges(steps: readonly { readonly index: number }[]): string {
  const sorted = steps.map((step) => step.index + 1).sort((a, b) => a - b);
  const ranges: [number, number][] = [];
  for (const hour of sorted) {
    const last = ranges.at(-1);
    if (last && hour === last[1] + 1) last[1] = hour;
    else ranges.push([hour, hour]);
  }
  return ranges.map(([from, to]) => (from === to ? `${from}` : `${from}\u2013${to}`)).join(", ");
}
