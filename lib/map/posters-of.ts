import type { LayerDefinition, Palette } from "@/lib/map/product";

/** A picture that the publish program draws of every step: of which variable, in which classes. */
export type PosterWish = {
  readonly variable: string;
  readonly palette: { breaks: number[]; light: string[]; transparentBelow: boolean };
};

/** The posters of a product: one for each variable that a layer shows, in the colours of the first such layer. */
export function postersOf(layers: readonly LayerDefinition[]): PosterWish[] {
  const byVariable = new Map<string, Palette>();
  for (const { variable, palette } of layers) if (!byVariable.has(variable)) byVariable.set(variable, palette);
  return [...byVariable].map(([variable, { breaks, light, transparentBelow }]) => ({
    variable,
    palette: { breaks: [...breaks], light: [...light], transparentBelow },
  }));
}
