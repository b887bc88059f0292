import type { Map as MapLibreMap } from "maplibre-gl";
import { FlowRaster, type FlowSampler } from "@/app/_map/flow-raster";

/** Screen pixels for each streak, and the most of them. */
const pixelsPerStreak = 560;
const mostStreaks = 15_000;
/** A streak starts elsewhere after this many frames, so that none gather where the flow does. */
const lifeFrames = 90;
/** A drawing that takes longer than this loses streaks until it does not. */
const slowFrameMs = 20;

/**
 * Streaks that move with wind or current over the map, on a canvas of their own. They live in screen pixels: the flow is
 * looked up once for each place of a coarse raster of the screen, again when the map has moved or the hour has changed.
 */
export class FlowStreaks {
  private readonly canvas = document.createElement("canvas");
  private raster: FlowRaster | null = null;
  private places = new Float32Array(0);
  private ages = new Uint8Array(0);
  private share = 1;
  private frame = 0;

  constructor(
    private readonly map: MapLibreMap,
    private readonly style: { readonly colour: string },
  ) {
    this.canvas.dataset.testid = "streaks";
    this.canvas.setAttribute("aria-hidden", "true");
    this.canvas.style.cssText = "position:absolute;inset:0;width:100%;height:100%;pointer-events:none";
    // Right above the field: marks and flags stay on top.
    map.getCanvas().after(this.canvas);
    map.on("movestart", this.clear);
    map.on("moveend", this.restart);
    map.on("resize", this.restart);
  }

  /** @param sampler eastward and northward speed at a place, m s-1; null outside the field */
  show(sampler: FlowSampler): void {
    this.sampler = sampler;
    this.raster = new FlowRaster(this.map, sampler);
    if (this.places.length === 0) this.restart();
  }

  remove(): void {
    cancelAnimationFrame(this.frame);
    this.map.off("movestart", this.clear);
    this.map.off("moveend", this.restart);
    this.map.off("resize", this.restart);
    this.canvas.remove();
  }

  private sampler: FlowSampler = () => null;

  private readonly clear = (): void => {
    cancelAnimationFrame(this.frame);
    this.canvas.getContext("2d")?.clearRect(0, 0, this.canvas.width, this.canvas.height);
  };

  private readonly restart = (): void => {
    const { clientWidth: width, clientHeight: height } = this.map.getContainer();
    const ratio = Math.min(2, devicePixelRatio);
    this.canvas.width = Math.round(width * ratio);
    this.canvas.height = Math.round(height * ratio);
    this.raster = new FlowRaster(this.map, this.sampler);
    const count = Math.min(mostStreaks, Math.round((width * height) / pixelsPerStreak));
    this.places = new Float32Array(count * 2);
    this.ages = new Uint8Array(count);
    for (let streak = 0; streak < count; streak += 1) this.sow(streak);
    cancelAnimationFrame(this.frame);
    this.frame = requestAnimationFrame(this.tick);
  };

  private sow(streak: number): void {
    this.places[streak * 2] = Math.random() * this.map.getContainer().clientWidth;
    this.places[streak * 2 + 1] = Math.random() * this.map.getContainer().clientHeight;
    this.ages[streak] = Math.floor(Math.random() * lifeFrames);
  }

  private readonly tick = (): void => {
    const startedAt = performance.now();
    const context = this.canvas.getContext("2d");
    if (context && this.raster) this.draw(context, this.raster);
    const tookMs = performance.now() - startedAt;
    this.share = Math.max(0.1, Math.min(1, tookMs > slowFrameMs ? this.share * 0.9 : this.share * 1.01));
    this.frame = requestAnimationFrame(this.tick);
  };

  private draw(context: CanvasRenderingContext2D, raster: FlowRaster): void {
    const ratio = this.canvas.width / Math.max(1, this.map.getContainer().clientWidth);
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.globalCompositeOperation = "destination-in";
    context.fillStyle = "rgba(0, 0, 0, 0.93)";
    context.fillRect(0, 0, this.canvas.width, this.canvas.height);
    context.globalCompositeOperation = "source-over";
    context.strokeStyle = this.style.colour;
    context.globalAlpha = 0.6;
    context.lineWidth = 1.1;
    context.beginPath();
    const shown = Math.floor(this.ages.length * this.share);
    for (let streak = 0; streak < shown; streak += 1) this.advance(streak, raster, context);
    context.stroke();
    context.globalAlpha = 1;
  }

  private advance(streak: number, raster: FlowRaster, context: CanvasRenderingContext2D): void {
    const [x = 0, y = 0] = [this.places[streak * 2], this.places[streak * 2 + 1]];
    const flow = raster.at(x, y);
    const age = (this.ages[streak] ?? 0) + 1;
    if (flow === null || age >= lifeFrames) {
      this.sow(streak);
      if (flow === null) this.ages[streak] = lifeFrames - 8;
      return;
    }
    this.ages[streak] = age;
    this.places[streak * 2] = x + flow.right;
    this.places[streak * 2 + 1] = y + flow.down;
    context.moveTo(x, y);
    context.lineTo(x + flow.right, y + flow.down);
  }
}
