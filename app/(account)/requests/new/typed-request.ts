import { fromLocalInput, toLocalInput } from "@/lib/messages/local-input";
import type { MetSourceView } from "@/server/services/met/list-met-sources";

/** The form as it was typed: text, so that nothing is lost while it is wrong. */
export type TypedRequest = {
  readonly lat: string;
  readonly lon: string;
  /** Local date and time. */
  readonly start: string;
  readonly hours: string;
  readonly areaHa: string;
  readonly fuel: string;
  readonly met: string;
  readonly seed: string;
  readonly particles: string;
};

type Given = {
  readonly lat: string;
  readonly lon: string;
  readonly sources: readonly MetSourceView[];
  readonly nowUtc: string;
};

/** What the form shows first: the present hour if the weather holds it, else the weather's first hour. */
export function firstRequest({ lat, lon, sources, nowUtc }: Given): TypedRequest {
  const source = sources.find((one) => one.isDefault) ?? sources[0];
  const hourMs = 3_600_000;
  const now = Math.floor(Date.parse(nowUtc) / hourMs) * hourMs;
  const first = source?.covers ? Date.parse(source.covers.firstUtc) : now;
  const last = source?.covers ? Date.parse(source.covers.lastUtc) : now;
  const startMs = now >= first && now <= last - hourMs ? now : first;
  const hours = source?.covers ? Math.max(1, Math.min(12, Math.floor((last - startMs) / hourMs))) : 12;
  return {
    lat,
    lon,
    start: toLocalInput(new Date(startMs).toISOString()),
    hours: String(hours),
    areaHa: "10",
    fuel: "maquis",
    met: source?.source ?? "",
    seed: "",
    particles: "20000",
  };
}

/** The typed text as the request that the pipeline's schema checks; what is no number stays NaN and is refused there. */
export function toRequest(typed: TypedRequest): Record<string, unknown> {
  return {
    lat: toNumber(typed.lat),
    lon: toNumber(typed.lon),
    start: fromLocalInput(typed.start) ?? "",
    hours: toNumber(typed.hours),
    areaHa: toNumber(typed.areaHa),
    fuel: typed.fuel,
    particles: toNumber(typed.particles),
    ...(typed.met === "" ? {} : { met: typed.met }),
    ...(typed.seed.trim() === "" ? {} : { seed: toNumber(typed.seed) }),
  };
}

/** A number with point or comma; NaN for anything else, the empty box included. */
export function toNumber(text: string): number {
  const plain = text.trim().replace(",", ".").replace("\u2212", "-");
  return plain === "" ? Number.NaN : Number(plain);
}
