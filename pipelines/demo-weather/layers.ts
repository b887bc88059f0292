import type { LayerDefinition, Palette } from "@/lib/map/product";
import { temperaturePalette, windKnotsPalette } from "@/lib/map/user-palettes";

/** `ramp-wind` of the interface's tokens, break for break. */
const wind: Palette = {
  id: "wind",
  breaks: [0, 1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 14, 17, 20, 24],
  light: colours(
    "f2f7fc e5f3fc d5effb c4eaf5 b4e5eb a5dfdb 9cd8c4 a3d0a3 b9c27e d1ae5f d6904e cb6d4f b04f58 8b3a5a 642a53",
  ),
  dark: colours(
    "121b22 13222c 132b36 13363f 134348 1c504e 2c5d4f 466947 6c733a 957937 b97d46 d3836a e28f93 e9a1b9 edb8da",
  ),
  transparentBelow: false,
  hatchTop: true,
};

/** Every 3 K from -9 C; lightness falls (light) or rises (dark) evenly in OKLCH, hue goes from blue through red. */
const temperature: Palette = {
  id: "temperature",
  breaks: Array.from({ length: 17 }, (_, index) => Math.round((273.15 - 9 + 3 * index) * 100) / 100),
  light: colours(
    "eef4fe e0e6ff d5d7fe d0c5fe d0b0ff d29cf4 d28bdf d17bc8 cd6baf c75d95 bf507b b54560 a93b47 9a342e 8a2e14 762e01 5f2e01",
  ),
  dark: colours(
    "0a183b 191e4a 2a2559 3b2b66 4e3171 62377a 763e80 8a4584 9e4d86 b15786 c36285 d36e83 e17c82 ed8c82 f79d84 feae89 ffc29a",
  ),
  transparentBelow: false,
  hatchTop: false,
};

/** One hue, even lightness in OKLCH. */
const mixingHeight: Palette = {
  id: "mixing-height",
  breaks: [0, 100, 200, 300, 400, 500, 750, 1_000, 1_250, 1_500, 1_750, 2_000, 2_500],
  light: colours("e5f9ff b4f0fc 99e2ec 7fd4db 66c5c8 4eb6b5 37a7a1 22988d 0c8879 057866 016854 035843 044933"),
  dark: colours("011c23 012b32 003a41 034b4f 065b5e 036d6d 01807b 179287 38a393 54b49f 6fc4ac 8ad5b9 a5e5c8"),
  transparentBelow: false,
  hatchTop: false,
};

/** What the map shows of the demonstration weather; the first is shown first. */
export const demoWeatherLayers: readonly LayerDefinition[] = [
  {
    id: "wind",
    productId: "demo-weather",
    variable: "wind_speed",
    title: { en: "Wind", it: "Vento" },
    units: [
      { symbol: "m/s", scale: 1, offset: 0 },
      { symbol: "km/h", scale: 3.6, offset: 0 },
      { symbol: "kt", scale: 3600 / 1852, offset: 0 },
    ],
    palette: wind,
    otherPalettes: [
      { ...windKnotsPalette, title: { en: "meteo@uniparthenope, knots", it: "meteo@uniparthenope, nodi" } },
    ],
    interpolateTime: true,
    direction: { east: "wind_u", north: "wind_v" },
  },
  {
    id: "temperature",
    productId: "demo-weather",
    variable: "t2",
    title: { en: "Temperature", it: "Temperatura" },
    units: [
      { symbol: "°C", scale: 1, offset: -273.15 },
      { symbol: "K", scale: 1, offset: 0 },
    ],
    palette: temperature,
    otherPalettes: [{ ...temperaturePalette, title: { en: "meteo@uniparthenope", it: "meteo@uniparthenope" } }],
    interpolateTime: true,
    direction: null,
  },
  {
    id: "mixing-height",
    productId: "demo-weather",
    variable: "pblh",
    title: { en: "Mixing height", it: "Altezza di rimescolamento" },
    units: [{ symbol: "m", scale: 1, offset: 0 }],
    palette: mixingHeight,
    interpolateTime: true,
    direction: null,
  },
];

function colours(list: string): readonly string[] {
  return list.split(" ").map((hex) => `#${hex}`);
}
