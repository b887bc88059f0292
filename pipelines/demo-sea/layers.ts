import type { LayerDefinition, Palette } from "@/lib/map/product";

const colours = (list: string): readonly string[] => list.split(" ").map((hex) => `#${hex}`);

/** One hue, even lightness. */
const current: Palette = {
  id: "current",
  breaks: [0, 0.02, 0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.6],
  light: colours("eef7fb d3ebf6 b2dcee 8ac9e4 5fb2d5 3a97c0 217aa6 125d86 084262"),
  dark: colours("0a1c26 0e2a39 123a4e 184d66 206281 2c799c 4793b4 72aec9 a9cddf"),
  transparentBelow: false,
  hatchTop: true,
};

/** Every degree Celsius from 12 to 28. */
const temperature: Palette = {
  id: "sea-temperature",
  breaks: [12, 14, 16, 18, 20, 22, 24, 26, 28],
  light: colours("e6eefc c9d8f7 b0c4f0 a5b4e0 b7a3c8 cf95a5 dc8b7c dd8350 c9751f"),
  dark: colours("101d3a 1c2c55 2c3c70 413f85 643f86 8a4278 ad4a5f c85b3f d97a22"),
  transparentBelow: false,
  hatchTop: false,
};

/** What the map shows of the demonstration sea; the first is shown first. */
export const demoSeaLayers: readonly LayerDefinition[] = [
  {
    id: "sea-current",
    productId: "demo-sea",
    variable: "current_speed",
    title: { en: "Current (demonstration)", it: "Corrente (dimostrativa)" },
    units: [
      { symbol: "m/s", scale: 1, offset: 0 },
      { symbol: "kt", scale: 3600 / 1852, offset: 0 },
    ],
    palette: current,
    interpolateTime: true,
    direction: null,
  },
  {
    id: "sea-temperature",
    productId: "demo-sea",
    variable: "sst",
    title: { en: "Sea temperature (demonstration)", it: "Temperatura del mare (dimostrativa)" },
    units: [{ symbol: "°C", scale: 1, offset: 0 }],
    palette: temperature,
    interpolateTime: true,
    direction: null,
  },
];
