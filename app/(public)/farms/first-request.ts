import type { SeaSourceView } from "@/server/services/farms/list-sea-sources";

/** The form as it was typed: text, so that nothing is lost while it is wrong. */
export type TypedRun = {
  /** Date and time, UTC. */
  readonly start: string;
  readonly hours: string;
  readonly sea: string;
  readonly rain: string;
  readonly outfalls: string;
};

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/**
 * What the form shows first: today, or the midnight (UTC) nearest to it that leaves a day of currents before it, in which
 * the bacteria spread, and a day of them after it.
 */
export function firstRequest(sources: readonly SeaSourceView[], nowUtc: string): TypedRun {
  const today = Math.floor(Date.parse(nowUtc) / dayMs) * dayMs;
  const first = sources.find(({ covers }) => covers !== null);
  const covers = first?.covers ?? null;
  const lastMs = covers === null ? Number.POSITIVE_INFINITY : Date.parse(covers.lastUtc);
  const earliest = covers === null ? today : Math.ceil((Date.parse(covers.firstUtc) + dayMs) / dayMs) * dayMs;
  const latest = Math.floor((lastMs - dayMs) / dayMs) * dayMs;
  const startMs = Math.max(earliest, Math.min(today, latest));
  const hours = Math.min(72, Math.floor((lastMs - startMs) / hourMs));
  return {
    start: new Date(startMs).toISOString().slice(0, 16),
    hours: String(Math.max(1, hours)),
    sea: first?.source ?? sources[0]?.source ?? "",
    rain: "none",
    outfalls: "",
  };
}
