import { toMercator } from "@/lib/map/mercator";

/** Degrees: longitude, latitude. */
export type Corner = readonly number[];

/** A picture of palette indices over a box of the Mercator map; row 0 is the northernmost. */
export type PixelCanvas = {
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint8Array;
  /** Mercator of the box: left, top, and the side of a pixel. */
  readonly left: number;
  readonly top: number;
  readonly pixel: number;
};

/**
 * An empty picture of a box.
 * @param bounds degrees: west, south, east, north
 * @param longestSide pixels
 */
export function openCanvas(bounds: readonly [number, number, number, number], longestSide: number): PixelCanvas {
  const [west, south, east, north] = bounds;
  const [left, top] = toMercator(west, north);
  const [right, bottom] = toMercator(east, south);
  const pixel = Math.max(right - left, bottom - top) / longestSide;
  const width = Math.max(1, Math.round((right - left) / pixel));
  const height = Math.max(1, Math.round((bottom - top) / pixel));
  return { width, height, pixels: new Uint8Array(width * height), left, top, pixel };
}

/** Fills rings by the even-odd rule: holes are rings too. */
export function fillRings(canvas: PixelCanvas, rings: readonly (readonly Corner[])[], colour: number): void {
  const crossings = Array.from({ length: canvas.height }, (): number[] => []);
  for (const ring of rings)
    for (let at = 1; at < ring.length; at += 1)
      addCrossings(crossings, place(canvas, ring[at - 1]), place(canvas, ring[at]));
  for (const [row, columns] of crossings.entries()) {
    columns.sort((a, b) => a - b);
    for (let pair = 1; pair < columns.length; pair += 2) {
      const from = Math.max(0, Math.ceil((columns[pair - 1] ?? 0) - 0.5));
      const to = Math.min(canvas.width, Math.ceil((columns[pair] ?? 0) - 0.5));
      if (to > from) canvas.pixels.fill(colour, row * canvas.width + from, row * canvas.width + to);
    }
  }
}

/** Draws a line as squares of `side` pixels. */
export function drawLine(canvas: PixelCanvas, line: readonly Corner[], pen: { colour: number; side: number }): void {
  for (let at = 1; at < line.length; at += 1) {
    const [from, to] = [place(canvas, line[at - 1]), place(canvas, line[at])];
    if (isOutside(canvas, from, to)) continue;
    const steps = Math.max(1, Math.ceil(Math.hypot(to.x - from.x, to.y - from.y)));
    for (let step = 0; step <= steps; step += 1) {
      const part = step / steps;
      dot(canvas, { x: from.x + part * (to.x - from.x), y: from.y + part * (to.y - from.y) }, pen);
    }
  }
}

type Point = { readonly x: number; readonly y: number };

function place({ left, top, pixel }: PixelCanvas, corner: Corner | undefined): Point {
  const [x, y] = toMercator(corner?.[0] ?? 0, corner?.[1] ?? 0);
  return { x: (x - left) / pixel, y: (y - top) / pixel };
}

/** Where an edge crosses the middles of rows. */
function addCrossings(crossings: readonly number[][], from: Point, to: Point): void {
  if (from.y === to.y) return;
  const [upper, lower] = from.y < to.y ? [from, to] : [to, from];
  const first = Math.max(0, Math.ceil(upper.y - 0.5));
  const last = Math.min(crossings.length - 1, Math.ceil(lower.y - 0.5) - 1);
  for (let row = first; row <= last; row += 1)
    crossings[row]?.push(upper.x + ((row + 0.5 - upper.y) / (lower.y - upper.y)) * (lower.x - upper.x));
}

function isOutside({ width, height }: PixelCanvas, from: Point, to: Point): boolean {
  return (
    Math.max(from.x, to.x) < 0 ||
    Math.min(from.x, to.x) > width ||
    Math.max(from.y, to.y) < 0 ||
    Math.min(from.y, to.y) > height
  );
}

function dot({ width, height, pixels }: PixelCanvas, { x, y }: Point, pen: { colour: number; side: number }): void {
  const [left, top] = [Math.round(x - pen.side / 2), Math.round(y - pen.side / 2)];
  for (let row = Math.max(0, top); row < Math.min(height, top + pen.side); row += 1)
    for (let column = Math.max(0, left); column < Math.min(width, left + pen.side); column += 1)
      pixels[row * width + column] = pen.colour;
}
