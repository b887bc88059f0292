import type { LayerDefinition, Palette } from "@/lib/map/product";

/** CFU/100 ml in the water; violet to yellow over five decades, so that no colour is taken for a legal class of flesh. */
const water: Palette = {
  id: "ecoli-water",
  breaks: [1, 10, 50, 100, 250, 500, 1000, 5000, 10_000],
  light: ["#eae6f5", "#cfc6ea", "#b3a2dd", "#9a7fcb", "#8a5cb0", "#7d3d8f", "#6e246c", "#571149", "#3a0628"],
  dark: ["#eae6f5", "#cfc6ea", "#b3a2dd", "#9a7fcb", "#8a5cb0", "#7d3d8f", "#6e246c", "#571149", "#3a0628"],
  transparentBelow: true,
  hatchTop: true,
};

const layer = (id: string, variable: string, title: LayerDefinition["title"]): LayerDefinition => ({
  id,
  productId: "mussel",
  variable,
  title,
  units: [{ symbol: "CFU/100 ml", scale: 1, offset: 0 }],
  palette: water,
  interpolateTime: false,
  direction: null,
});

/** Ways of looking at a run. Nothing is interpolated in time: a narrow plume would appear where it never was. */
export const musselLayers: readonly LayerDefinition[] = [
  layer("mussel-ecoli", "ecoli", { en: "E. coli at the surface (predicted)", it: "E. coli in superficie (previsto)" }),
  layer("mussel-ecoli-1-5", "ecoli_1_5m", { en: "E. coli at 1–5 m (predicted)", it: "E. coli a 1–5 m (previsto)" }),
  layer("mussel-ecoli-5-10", "ecoli_5_10m", { en: "E. coli at 5–10 m (predicted)", it: "E. coli a 5–10 m (previsto)" }),
];
