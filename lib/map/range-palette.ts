import { niceLevels } from "@/lib/formats/vector/nice-levels";
import type { Palette } from "@/lib/map/product";

/** Light to dark, blue to violet, for values of which nothing is known. */
const light = "eef4fb d9e8f6 c1dcf0 a6cfe6 8ac0d8 6fb0c8 589db8 4a88a8 437197 405a84 3d436f 352d57".split(" ");
const dark = [...light].reverse();

/** Round classes between two values, the lowest from the smaller one on. */
export function rangePalette({ min, max }: { readonly min: number; readonly max: number }): Palette {
  const breaks = max > min ? [min, ...niceLevels(min, max)] : [min];
  const pick = (colours: readonly string[]) =>
    breaks.map((_, at) => `#${colours[Math.round((at * (colours.length - 1)) / Math.max(1, breaks.length - 1))]}`);
  return { id: "range", breaks, light: pick(light), dark: pick(dark), transparentBelow: false, hatchTop: false };
}
