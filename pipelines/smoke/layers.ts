import type { LayerDefinition, Palette } from "@/lib/map/product";
import { smokeClasses } from "@/pipelines/smoke/smoke-classes";
import { summaryLayers } from "@/pipelines/smoke/summary-layers";

/** Smoke in the whole column, mg m-2; greys, so that smoke aloft is not taken for smoke at ground. */
const columnClasses: Palette = {
  id: "smoke-column",
  breaks: [1, 5, 10, 25, 50, 100, 250, 500],
  light: ["#e3e7ec", "#c7cfd9", "#a8b3c2", "#8795a8", "#66778e", "#485b73", "#2d4058", "#16283e"],
  dark: ["#e3e7ec", "#c7cfd9", "#a8b3c2", "#8795a8", "#66778e", "#485b73", "#2d4058", "#16283e"],
  transparentBelow: true,
  hatchTop: false,
};

/** Counting error: values above one half are blank already. */
const errorClasses: Palette = {
  id: "smoke-error",
  breaks: [0, 0.05, 0.1, 0.2, 0.3, 0.4],
  light: ["#2d6a4f", "#52967a", "#86bfa3", "#c4ddcb", "#e9d8a6", "#d9a05b"],
  dark: ["#2d6a4f", "#52967a", "#86bfa3", "#c4ddcb", "#e9d8a6", "#d9a05b"],
  transparentBelow: true,
  hatchTop: false,
};

/** Ways of looking at a smoke run. Nothing is interpolated in time: a narrow plume would appear where it never was. */
export const smokeLayers: readonly LayerDefinition[] = [
  {
    id: "smoke-pm25",
    productId: "smoke",
    variable: "pm25",
    title: { en: "PM2.5 at ground (fire only)", it: "PM2.5 al suolo (solo incendio)" },
    units: [{ symbol: "µg/m³", scale: 1, offset: 0 }],
    palette: smokeClasses,
    interpolateTime: false,
    direction: null,
  },
  {
    id: "smoke-column",
    productId: "smoke",
    variable: "pm25_column",
    title: { en: "PM2.5 in the column (fire only)", it: "PM2.5 nella colonna (solo incendio)" },
    units: [{ symbol: "mg/m²", scale: 1, offset: 0 }],
    palette: columnClasses,
    interpolateTime: false,
    direction: null,
  },
  {
    id: "smoke-error",
    productId: "smoke",
    variable: "pm25_relative_error",
    title: { en: "Counting error of PM2.5 at ground", it: "Errore di conteggio del PM2.5 al suolo" },
    units: [{ symbol: "%", scale: 100, offset: 0 }],
    palette: errorClasses,
    interpolateTime: false,
    direction: null,
  },
  ...summaryLayers,
];
