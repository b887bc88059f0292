import type { FrameWindow, WrfFrame } from "@/lib/formats/wrf/frame";
import type { MetFrame } from "@/lib/formats/wrf/inventory";
import type { LatLonGrid } from "@/lib/geo/grid";
import type { Fire } from "@/lib/transport/fire-release";
import { type MetField, metField, surfaceFields } from "@/lib/transport/met-field";
import { type MetPair, metPair } from "@/lib/transport/met-pair";
import { stabilityAboveLayer } from "@/lib/transport/plume-profile";
import { surfaceAt } from "@/lib/transport/surface-at";
import { windowFor } from "@/server/programs/transport/window-for";

/** Where a run takes its weather from. */
export type WeatherSource = {
  /** ISO 8601 UTC. */
  readonly start: string;
  readonly hours: number;
  readonly grid: LatLonGrid;
  /** Frames by time, the first not after the start and the last not before the end. */
  readonly frames: readonly MetFrame[];
  readFrame(frame: MetFrame, window: FrameWindow): Promise<WrfFrame>;
};

export type Weather = {
  readonly pair: MetPair;
  /** Squared buoyancy frequency above the boundary layer at the fire, s-2. */
  readonly stability: number;
  readonly isOverWater: boolean;
};

/**
 * Frames in pairs around a run's time; a frame that ends one pair begins the next, so each is read once.
 * @param fromSeconds  time after the start at which the run's clock begins, not above 0
 */
export async function* weatherPairs(source: WeatherSource, fire: Fire, fromSeconds: number): AsyncGenerator<Weather> {
  const start = Date.parse(source.start);
  const secondsOf = (frame: MetFrame) => (Date.parse(frame.validAtUtc) - start) / 1000;
  let before: LoadedFrame | null = null;
  for (const [k, frame] of source.frames.entries()) {
    const next = source.frames[k + 1];
    if (next === undefined || secondsOf(frame) >= source.hours * 3600) break;
    if (secondsOf(next) <= fromSeconds) continue;
    const earlier: LoadedFrame = before ?? (await loadFrame(source, frame, fire));
    const later = await loadFrame(source, next, fire);
    const span = { fromSeconds: secondsOf(frame), toSeconds: secondsOf(next) };
    const stability = 0.5 * (earlier.stability + later.stability);
    yield { pair: metPair(earlier.field, later.field, span), stability, isOverWater: earlier.isOverWater };
    before = later;
  }
}

type LoadedFrame = { readonly field: MetField; readonly stability: number; readonly isOverWater: boolean };

async function loadFrame(source: WeatherSource, frame: MetFrame, fire: Fire): Promise<LoadedFrame> {
  const raw = await source.readFrame(frame, windowFor(frame.grid, source.grid));
  const field = metField(raw);
  const layerTopM = surfaceAt(field, fire.x, fire.y, surfaceFields.layerTop);
  const [i, j] = [Math.round((fire.x - field.x0) * field.perDX), Math.round((fire.y - field.y0) * field.perDY)];
  const isOverWater = raw.landMask[j * field.nX + i] === 0;
  return { field, stability: stabilityAboveLayer(raw, fire.x, fire.y, layerTopM), isOverWater };
}
