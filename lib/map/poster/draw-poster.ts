import type { GridDescription } from "@/lib/geo/grid";
import type { StoredIntegers } from "@/lib/map/decode-chunk";
import { gridBounds } from "@/lib/map/grid-bounds";
import { gridTransform } from "@/lib/map/grid-transform";
import { classTable } from "@/lib/map/palette";
import { type Corner, drawLine, fillRings, openCanvas, type PixelCanvas } from "@/lib/map/poster/pixel-canvas";
import type { Packing, Palette } from "@/lib/map/product";

/** Land and coast around a product, degrees. */
export type PosterLand = {
  readonly rings: readonly (readonly Corner[])[];
  readonly coast: readonly (readonly Corner[])[];
};

export type PosterField = {
  readonly grid: GridDescription;
  /** Row 0 in the south. */
  readonly integers: StoredIntegers;
  readonly packing: Packing;
  readonly palette: Pick<Palette, "breaks" | "light" | "transparentBelow">;
};

/** A picture of at most 256 colours: one palette index a pixel, row 0 in the north. */
export type Poster = {
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint8Array;
  /** 0..255 each. */
  readonly colours: readonly (readonly [number, number, number])[];
};

const longestSidePixels = 760;
/** Light theme: sea, land, the light edge of the coast, the coast. The first four indices, the classes follow. */
const baseColours = ["#dbe4ea", "#f4f2ed", "#ffffff", "#47525c"] as const;
const firstClass = baseColours.length;

/** The default view of one step as the map draws it, in the light colours: whole domain, land, field, coast. */
export function drawPoster(field: PosterField, land: PosterLand): Poster {
  const canvas = openCanvas(gridBounds(gridTransform(field.grid)), longestSidePixels);
  fillRings(canvas, land.rings, 1);
  paintField(canvas, field);
  for (const line of land.coast) drawLine(canvas, line, { colour: 2, side: 3 });
  for (const line of land.coast) drawLine(canvas, line, { colour: 3, side: 1 });
  const colours = [...baseColours, ...field.palette.light].map(rgbOf);
  return { width: canvas.width, height: canvas.height, pixels: canvas.pixels, colours };
}

/** Pixels between two exact looks into the projection; in between grid indices are as good as straight. */
const stride = 8;

function paintField(canvas: PixelCanvas, { grid, integers, packing, palette }: PosterField): void {
  const { bounds } = classTable({ ...palette, id: "", dark: palette.light, hatchTop: false }, packing, "light");
  const lowest = palette.transparentBelow ? -1 : 0;
  const known = knownIndices(canvas, grid);
  const columns = Math.ceil(canvas.width / stride) + 2;
  for (let row = 0; row < canvas.height; row += 1) {
    const j = Math.floor(row / stride);
    const v = (row + 0.5) / stride - j;
    for (let i = 0; i * stride < canvas.width; i += 1) {
      // Indices go straight along a piece of a row: a start and a step are enough.
      const at = (j * columns + i) * 2;
      const start = between(known, at, { below: at + columns * 2, v });
      const end = between(known, at + 2, { below: at + 2 + columns * 2, v });
      const step = { x: (end.x - start.x) / stride, y: (end.y - start.y) / stride };
      const last = Math.min(stride, canvas.width - i * stride);
      for (let pixel = 0; pixel < last; pixel += 1) {
        const part = pixel + 0.5;
        const value = drawnValue(integers, grid, {
          x: start.x + part * step.x,
          y: start.y + part * step.y,
          fill: packing.fill,
        });
        const found = Number.isNaN(value) ? -1 : classAt(bounds, value + 0.001, lowest);
        if (found >= 0) canvas.pixels[row * canvas.width + i * stride + pixel] = firstClass + found;
      }
    }
  }
}

function between(known: Float64Array, at: number, { below, v }: { below: number; v: number }) {
  return {
    x: (1 - v) * (known[at] ?? 0) + v * (known[below] ?? 0),
    y: (1 - v) * (known[at + 1] ?? 0) + v * (known[below + 1] ?? 0),
  };
}

function classAt(bounds: Float32Array, value: number, lowest: number): number {
  let found = lowest;
  for (let index = 0; index < bounds.length && value >= (bounds[index] ?? 0); index += 1) found = index;
  return found;
}

/** \`drawnInteger\` without an object for each of half a million pixels; NaN where nothing is drawn. */
function drawnValue(
  integers: StoredIntegers,
  { nX, nY }: { readonly nX: number; readonly nY: number },
  { x, y, fill }: { readonly x: number; readonly y: number; readonly fill: number },
): number {
  if (!(x >= -0.5 && y >= -0.5 && x <= nX - 0.5 && y <= nY - 0.5)) return Number.NaN;
  const [x0, y0] = [Math.floor(x), Math.floor(y)];
  const [u, v] = [x - x0, y - y0];
  const [west, east] = [Math.max(0, x0), Math.min(nX - 1, x0 + 1)];
  const [south, north] = [Math.max(0, y0) * nX, Math.min(nY - 1, y0 + 1) * nX];
  const sw = integers[south + west] ?? fill;
  const se = integers[south + east] ?? fill;
  const nw = integers[north + west] ?? fill;
  const ne = integers[north + east] ?? fill;
  const weights = {
    sw: sw === fill ? 0 : (1 - u) * (1 - v),
    se: se === fill ? 0 : u * (1 - v),
    nw: nw === fill ? 0 : (1 - u) * v,
    ne: ne === fill ? 0 : u * v,
  };
  const sum = weights.sw + weights.se + weights.nw + weights.ne;
  return sum >= 0.5 ? (weights.sw * sw + weights.se * se + weights.nw * nw + weights.ne * ne) / sum : Number.NaN;
}

/** Fractional grid indices at every eighth pixel, x and y in turn, one column and row more than the picture. */
function knownIndices(canvas: PixelCanvas, grid: GridDescription): Float64Array {
  const transform = gridTransform(grid);
  const columns = Math.ceil(canvas.width / stride) + 2;
  const rows = Math.ceil(canvas.height / stride) + 2;
  const known = new Float64Array(columns * rows * 2);
  for (let at = 0; at < columns * rows; at += 1) {
    const x = canvas.left + (at % columns) * stride * canvas.pixel;
    const y = canvas.top + Math.floor(at / columns) * stride * canvas.pixel;
    known.set(transform.toIndex(x * 360 - 180, latitudeOf(y)), at * 2);
  }
  return known;
}

const latitudeOf = (y: number): number => (Math.atan(Math.sinh(Math.PI * (1 - 2 * y))) * 180) / Math.PI;

function rgbOf(colour: string): readonly [number, number, number] {
  const value = Number.parseInt(colour.slice(1), 16);
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255];
}
