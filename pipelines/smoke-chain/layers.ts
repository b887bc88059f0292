import type { LayerDefinition } from "@/lib/map/product";

const smokeColours = ["#faf5e1", "#f4e3a6", "#f0bd63", "#e58c40", "#c24a2a", "#96304a", "#541f56"];

/** The relative plume in the classes of the smoke maps. Source: DOMAIN.md, section 9. */
export const smokeChainLayers: readonly LayerDefinition[] = [
  {
    id: "calpuff-so2",
    productId: "calpuff",
    variable: "so2",
    title: { en: "SO2, relative (chain)", it: "SO2, relativo (catena)" },
    units: [{ symbol: "µg/m³", scale: 1, offset: 0 }],
    palette: {
      ...{ id: "calpuff-so2", breaks: [1, 10, 15, 25, 35, 50, 150], light: smokeColours, dark: smokeColours },
      ...{ transparentBelow: true, hatchTop: true },
    },
    interpolateTime: false,
    direction: null,
  },
];
