import type { GridDescription } from "@/lib/geo/grid";
import type { StoredIntegers } from "@/lib/map/decode-chunk";
import { gridBounds } from "@/lib/map/grid-bounds";
import { gridTransform } from "@/lib/map/grid-transform";
import { classTable } from "@/lib/map/palette";
import { type Corner, drawLine, fillRings, openCanvas, type PixelCanvas } from "@/lib/map/poster/pixel-canvas";
import type { Packing, Palette } from "@/lib/map/product";
import { drawnInteger } from "@/lib/map/sample-field";

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

function paintField(canvas: PixelCanvas, { grid, integers, packing, palette }: PosterField): void {
  const { bounds } = classTable({ ...palette, id: "", dark: palette.light, hatchTop: false }, packing, "light");
  const indexAt = coarseIndex(canvas, grid);
  for (let row = 0; row < canvas.height; row += 1)
    for (let column = 0; column < canvas.width; column += 1) {
      const [gridX, gridY] = indexAt(column + 0.5, row + 0.5);
      const value = drawnInteger(integers, grid, { gridX, gridY, fill: packing.fill });
      if (value === null) continue;
      let found = palette.transparentBelow ? -1 : 0;
      for (const [index, bound] of bounds.entries()) if (value + 0.001 >= bound) found = index;
      if (found >= 0) canvas.pixels[row * canvas.width + column] = firstClass + found;
    }
}

/** Pixels between two exact looks into the projection; in between grid indices are as good as straight. */
const stride = 8;

/** Fractional grid indices of a pixel: exact at every eighth, bilinear between. */
function coarseIndex(canvas: PixelCanvas, grid: GridDescription): (x: number, y: number) => readonly [number, number] {
  const transform = gridTransform(grid);
  const columns = Math.ceil(canvas.width / stride) + 2;
  const rows = Math.ceil(canvas.height / stride) + 2;
  const known = new Float64Array(columns * rows * 2);
  for (let at = 0; at < columns * rows; at += 1) {
    const x = canvas.left + (at % columns) * stride * canvas.pixel;
    const y = canvas.top + Math.floor(at / columns) * stride * canvas.pixel;
    known.set(transform.toIndex(x * 360 - 180, latitudeOf(y)), at * 2);
  }
  return (x, y) => {
    const [i, j] = [Math.floor(x / stride), Math.floor(y / stride)];
    const [u, v] = [x / stride - i, y / stride - j];
    const at = (j * columns + i) * 2;
    const axis = (which: number) => {
      const [nw = 0, ne = 0] = [known[at + which], known[at + 2 + which]];
      const [sw = 0, se = 0] = [known[at + columns * 2 + which], known[at + columns * 2 + 2 + which]];
      return (1 - v) * ((1 - u) * nw + u * ne) + v * ((1 - u) * sw + u * se);
    };
    return [axis(0), axis(1)];
  };
}

const latitudeOf = (y: number): number => (Math.atan(Math.sinh(Math.PI * (1 - 2 * y))) * 180) / Math.PI;

function rgbOf(colour: string): readonly [number, number, number] {
  const value = Number.parseInt(colour.slice(1), 16);
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255];
}
