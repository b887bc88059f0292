import type { SeaFrame } from "@/lib/formats/roms/read-sea-frame";
import type { SeaDomain } from "@/lib/transport/sea-domain";
import type { SeaPair } from "@/lib/transport/sea-field";
import { framesToPair } from "@/lib/transport/sea-frames";
import type { SeaFiles } from "@/server/programs/bacteria/sea-source";

/** Frames by time: two at hand, the pair between them laid out in memory that threads share. */
export class Frames {
  private readonly loaded = new Map<number, Promise<SeaFrame>>();
  private readonly seconds: readonly number[];
  private pair: {
    readonly index: number;
    readonly pair: SeaPair;
    readonly frames: readonly [SeaFrame, SeaFrame];
  } | null = null;

  constructor(
    private readonly files: SeaFiles,
    private readonly domain: SeaDomain,
    startMs: number,
  ) {
    this.seconds = files.inventory.frames.map(({ validAtUtc }) => (Date.parse(validAtUtc) - startMs) / 1000);
  }

  first(): Promise<SeaFrame> {
    return this.load(0);
  }

  /** The pair that holds a time; the last one beyond the end. */
  async pairAt(atSeconds: number, stepSeconds: number): Promise<SeaPair> {
    const index = this.indexAt(atSeconds);
    if (this.pair?.index === index) return this.pair.pair;
    const frames = [await this.load(index), await this.load(index + 1)] as const;
    for (const key of this.loaded.keys()) if (key < index) this.loaded.delete(key);
    const span = { fromSeconds: this.seconds[index] ?? 0, toSeconds: this.seconds[index + 1] ?? 0, stepSeconds };
    const allocate = (length: number) => new Float32Array(new SharedArrayBuffer(4 * length));
    const pair = framesToPair(this.domain, [frames[0], frames[1]], { ...span, allocate });
    this.pair = { index, pair, frames: [frames[0], frames[1]] };
    // The next one comes while the threads work.
    if (index + 2 < this.seconds.length) void this.load(index + 2).catch(() => undefined);
    return pair;
  }

  /** The frames of the present pair and how far a time lies between them, 0 to 1. */
  around(atSeconds: number): {
    readonly before: SeaFrame;
    readonly after: SeaFrame;
    readonly share: number;
    readonly hoursApart: number;
  } | null {
    if (this.pair === null) return null;
    const { pair, frames } = this.pair;
    const span = pair.toSeconds - pair.fromSeconds;
    const share = Math.min(1, Math.max(0, (atSeconds - pair.fromSeconds) / span));
    return { before: frames[0], after: frames[1], share, hoursApart: span / 3600 };
  }

  /** Surface current of the present pair at a time, by cell: m s-1 to the east and north. */
  currentAt(atSeconds: number): (x: number, y: number) => { readonly east: number; readonly north: number } {
    const around = this.around(atSeconds);
    const { window, angle } = this.domain;
    const { nX, nY } = window;
    return (x, y) => {
      const [i, j] = [Math.round(x) - window.i0, Math.round(y) - window.j0];
      if (around === null) return { east: 0, north: 0 };
      const { before, after, share } = around;
      const top = before.levels - 1;
      const mix = (of: (frame: SeaFrame) => Float32Array, at: number, step: number) => {
        const mean = (values: Float32Array) => ((values[at] ?? 0) + (values[at + step] ?? 0)) / 2;
        return (1 - share) * mean(of(before)) + share * mean(of(after));
      };
      const u = mix(({ uWest }) => uWest, (top * nY + j) * (nX + 1) + i, 1);
      const v = mix(({ vSouth }) => vSouth, (top * (nY + 1) + j) * nX + i, nX);
      const turn = angle[j * nX + i] ?? 0;
      return { east: u * Math.cos(turn) - v * Math.sin(turn), north: u * Math.sin(turn) + v * Math.cos(turn) };
    };
  }

  private indexAt(atSeconds: number): number {
    const after = this.seconds.findIndex((seconds) => seconds > atSeconds);
    return Math.min(Math.max(0, (after === -1 ? this.seconds.length : after) - 1), this.seconds.length - 2);
  }

  private load(index: number): Promise<SeaFrame> {
    const known = this.loaded.get(index);
    if (known !== undefined) return known;
    const ref = this.files.inventory.frames[index];
    if (ref === undefined) throw new RangeError(`there is no frame ${index}`);
    const { window, mask } = this.domain;
    const frame = this.files.readFrame(ref, { window, mask });
    this.loaded.set(index, frame);
    return frame;
  }
}
