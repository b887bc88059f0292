/** How long one hour stands in a recorded loop, milliseconds. */
const hourMs = 240;

export type LoopFrames = {
  readonly canvas: HTMLCanvasElement;
  readonly count: number;
  /** Puts the next frame on the canvas; resolves when it is there. */
  draw(frame: number): Promise<void>;
  readonly signal: AbortSignal;
};

/** True where the browser can record a canvas. */
export const canRecord = (): boolean =>
  typeof MediaRecorder === "function" &&
  MediaRecorder.isTypeSupported("video/webm") &&
  "captureStream" in HTMLCanvasElement.prototype;

/**
 * Records frames as a WebM film, hour by hour, in the time that it takes to play them; what was recorded until then when it
 * is ended early.
 * @throws {Error} when the browser cannot record, or stops to
 */
export async function recordLoop({ canvas, count, draw, signal }: LoopFrames): Promise<Blob> {
  await draw(0);
  const recorder = new MediaRecorder(canvas.captureStream(), { mimeType: "video/webm", videoBitsPerSecond: 4_000_000 });
  const parts: Blob[] = [];
  recorder.addEventListener("dataavailable", ({ data }) => parts.push(data));
  const stopped = new Promise((done) => recorder.addEventListener("stop", done, { once: true }));
  let hasFailed = false;
  recorder.addEventListener("error", () => {
    hasFailed = true;
  });
  recorder.start();
  try {
    for (let frame = 0; frame < count && !signal.aborted && !hasFailed; frame += 1) {
      await draw(frame);
      await new Promise((done) => setTimeout(done, hourMs));
    }
  } finally {
    if (recorder.state !== "inactive") recorder.stop();
  }
  await stopped;
  if (hasFailed) throw new Error("the browser stopped recording");
  return new Blob(parts, { type: "video/webm" });
}
