import type { Position } from "@/app/_map/forecast-map.client";
import { readViewOptions, type ViewOptions, writeViewOptions } from "@/lib/map/view-options";

/** What a link to the map holds. `run` is absent while the map follows the latest run. */
export type Permalink = {
  readonly product: string | null;
  readonly run: string | null;
  readonly layer: string | null;
  /** ISO 8601 UTC to the minute. */
  readonly time: string | null;
  readonly position: Position | null;
  readonly options: ViewOptions;
};

/** Reads a query string; whatever is not understood counts as absent, so an old link still opens. */
export function readPermalink(query: URLSearchParams): Permalink {
  const lat = Number(query.get("lat") ?? Number.NaN);
  const lon = Number(query.get("lon") ?? Number.NaN);
  const time = query.get("time");
  return {
    product: query.get("product"),
    run: query.get("run") === "latest" ? null : query.get("run"),
    layer: query.get("layer"),
    time: time !== null && Number.isFinite(Date.parse(time)) ? time : null,
    position: isPosition(lat, lon) ? { lat, lon } : null,
    options: readViewOptions(query),
  };
}

/** The query string that opens the same view, without the question mark. */
export function writePermalink(view: Permalink): string {
  const query = new URLSearchParams();
  if (view.product) query.set("product", view.product);
  query.set("run", view.run ?? "latest");
  if (view.layer) query.set("layer", view.layer);
  if (view.time) query.set("time", view.time.replace(/:00(\.000)?Z$/, "Z"));
  if (view.position) {
    query.set("lat", view.position.lat.toFixed(4));
    query.set("lon", view.position.lon.toFixed(4));
  }
  writeViewOptions(query, view.options);
  return query.toString();
}

/** True for degrees that name a point of the Earth. */
export const isPosition = (lat: number, lon: number): boolean => Math.abs(lat) <= 90 && Math.abs(lon) <= 180;
