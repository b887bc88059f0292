import type { LayerDefinition, Palette } from "@/lib/map/product";
import { inBothThemes, windKnotsPalette } from "@/lib/map/user-palettes";

/** rms3.tem.lamma, degrees Celsius. */
const seaTemperature: Palette = {
  id: "rms3-tem-lamma",
  breaks: [10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29],
  ...inBothThemes(
    "0E0076 2D22BB 225AEF 2A70EC 66A8F9 A7EDF8 B2FCA5 19C364 149803 6AC805 C4E609 FFFF21 FDC608 FC8908 FC4B08 FB0007 5A0001 710001 FB00FF FD93FF",
  ),
  transparentBelow: true,
  hatchTop: false,
};

/** wcm3.con, particles; below the first break nothing is drawn. */
const particles: Palette = {
  id: "wcm3-con",
  breaks: [1, 18, 230, 700, 4600, 46_000],
  ...inBothThemes("CCFFFF 3366FF 00CC00 FFFF00 FF3301 660033"),
  transparentBelow: true,
  hatchTop: true,
};

/** One way of looking at each product of the chain. */
export const envappLayers: readonly LayerDefinition[] = [
  {
    id: "wrf5-wind",
    productId: "wrf5",
    variable: "wind_speed",
    title: { en: "Wind (chain)", it: "Vento (catena)" },
    units: [
      { symbol: "kt", scale: 3600 / 1852, offset: 0 },
      { symbol: "m/s", scale: 1, offset: 0 },
    ],
    palette: windKnotsPalette,
    interpolateTime: true,
    direction: { east: "wind_u", north: "wind_v" },
  },
  {
    id: "rms3-sst",
    productId: "rms3",
    variable: "sst",
    title: { en: "Sea surface temperature (chain)", it: "Temperatura del mare (catena)" },
    units: [{ symbol: "°C", scale: 1, offset: 0 }],
    palette: seaTemperature,
    interpolateTime: true,
    direction: null,
  },
  {
    id: "wcm3-conc",
    productId: "wcm3",
    variable: "conc",
    title: { en: "Particles from outfalls (chain)", it: "Particelle dagli scarichi (catena)" },
    units: [{ symbol: "", scale: 1, offset: 0 }],
    palette: particles,
    interpolateTime: false,
    direction: null,
  },
];
