import type { Map as MapLibreMap } from "maplibre-gl";

/** Eastward and northward speed at a place in degrees, m s-1; null where there is none. */
export type FlowSampler = (lon: number, lat: number) => readonly [east: number, north: number] | null;

/** Side of a raster cell, screen pixels. */
const cellPixels = 8;
/** The fastest flow on the screen moves this many pixels a frame, so that wind and current both read as motion. */
const fastestPixels = 2.6;

/** The flow at every eighth pixel of the screen, as pixels a frame. */
export class FlowRaster {
  private readonly columns: number;
  private readonly flow: Float32Array;
  private scale = 1;

  constructor(map: MapLibreMap, sample: FlowSampler) {
    const { clientWidth: width, clientHeight: height } = map.getContainer();
    this.columns = Math.ceil(width / cellPixels);
    const rows = Math.ceil(height / cellPixels);
    this.flow = new Float32Array(this.columns * rows * 2).fill(Number.NaN);
    let fastest = 0;
    for (let at = 0; at < this.columns * rows; at += 1) {
      const x = ((at % this.columns) + 0.5) * cellPixels;
      const y = (Math.floor(at / this.columns) + 0.5) * cellPixels;
      const { lng, lat } = map.unproject([x, y]);
      const found = sample(lng, lat);
      if (found === null) continue;
      this.flow.set(found, at * 2);
      fastest = Math.max(fastest, Math.hypot(...found));
    }
    this.scale = fastest > 0 ? fastestPixels / fastest : 0;
  }

  /** Movement of a streak at a pixel in one frame; null where nothing flows. */
  at(x: number, y: number): { readonly right: number; readonly down: number } | null {
    const column = Math.floor(x / cellPixels);
    const at = Math.floor(y / cellPixels) * this.columns + column;
    const [east, north] = [this.flow[at * 2], this.flow[at * 2 + 1]];
    if (column < 0 || column >= this.columns || east === undefined || north === undefined) return null;
    if (Number.isNaN(east) || Number.isNaN(north)) return null;
    return { right: east * this.scale, down: -north * this.scale };
  }
}
