import type { Packing, Palette } from "@/lib/map/product";

/** What the shader compares and colours with. */
export type ClassTable = {
  /** Lower bounds of the classes in stored integers, ascending. */
  readonly bounds: Float32Array;
  /** RGBA, one texel per class, 0..255. */
  readonly colours: Uint8Array;
};

/**
 * Class of a value in published units: i where breaks[i] <= value < breaks[i+1], the last open above, values below the
 * first break in class 0 unless the palette leaves them undrawn (-1).
 */
export function classOf(palette: Palette, value: number): number {
  let found = -1;
  for (const [index, bound] of palette.breaks.entries()) if (value >= bound) found = index;
  return found < 0 && !palette.transparentBelow ? 0 : found;
}

/**
 * The palette in the units of the store. A break that falls on a published step becomes that very integer, so a cell
 * on a class bound is in the upper class whatever float32 makes of the scale.
 */
export function classTable(palette: Palette, packing: Packing, theme: "light" | "dark"): ClassTable {
  const bounds = palette.breaks.map((bound) => storedThreshold(bound, packing));
  const colours = palette[theme].flatMap((colour) => [...rgbOf(colour), 255]);
  return { bounds: Float32Array.from(bounds), colours: Uint8Array.from(colours) };
}

/** A published value in the units of the store; a whole number where it falls on a published step. */
export function storedThreshold(value: number, packing: Packing): number {
  const stored = (value - packing.offset) / packing.scale;
  const whole = Math.round(stored);
  return Math.abs(stored - whole) < 1e-6 * Math.max(1, Math.abs(whole)) ? whole : stored;
}

/** Where a value stands on a legend of equally wide classes, 0..1; the open class above is filled as if it were as wide as the one before. */
export function legendPosition(palette: Palette, value: number): number {
  const count = palette.breaks.length;
  const index = Math.max(0, classOf(palette, value));
  const lower = palette.breaks[index] ?? 0;
  const upper = palette.breaks[index + 1] ?? lower + (lower - (palette.breaks[index - 1] ?? lower - 1));
  const within = upper > lower ? (value - lower) / (upper - lower) : 0;
  return Math.max(0, Math.min(1, (index + Math.max(0, Math.min(1, within))) / count));
}

/** `#rrggbb` as three numbers 0..255. */
function rgbOf(colour: string): readonly [number, number, number] {
  const value = Number.parseInt(colour.slice(1), 16);
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255];
}
