import type { LayerDefinition, Palette } from "@/lib/map/product";
import type { LocalText } from "@/lib/pipeline/definition";
import { arrivalThresholds, smokeThresholds } from "@/lib/transport/plume-summary";
import { smokeClasses } from "@/pipelines/smoke/smoke-classes";

type Shown = {
  readonly productId: string;
  readonly variable: string;
  readonly title: LocalText;
  readonly unit: { readonly symbol: string; readonly scale: number };
  readonly palette: Palette;
};

/** Early is dark: who has least time is seen first. */
const arrivalClasses: Palette = {
  id: "smoke-arrival",
  breaks: [0, 1, 2, 3, 6, 9, 12, 18, 24],
  ...same(["#3b0f3f", "#5e1f5c", "#84316b", "#aa4a6c", "#c96a66", "#de8f66", "#edb677", "#f4d79a", "#faf0cc"]),
  transparentBelow: false,
  hatchTop: false,
};

const durationClasses: Palette = {
  id: "smoke-duration",
  breaks: [0.04, 1, 2, 3, 6, 12, 24],
  ...same(["#f6efd9", "#f0d9a0", "#e6b566", "#d48a45", "#b45c3b", "#853745", "#4f1f4d"]),
  transparentBelow: true,
  hatchTop: false,
};

/** Shares of members, not calibrated probabilities; below one in twenty nothing is drawn. */
const shareClasses: Palette = {
  id: "smoke-probability",
  breaks: [0.05, 0.1, 0.25, 0.5, 0.75, 0.9],
  ...same(["#e9eef5", "#c6d4e8", "#94b1d6", "#5f8abf", "#35629f", "#173c73"]),
  transparentBelow: true,
  hatchTop: false,
};

const doseClasses: Palette = {
  id: "smoke-dose",
  breaks: [10, 50, 100, 250, 500, 1000, 2500],
  ...same(["#f6efd9", "#f0d9a0", "#e6b566", "#d48a45", "#b45c3b", "#853745", "#4f1f4d"]),
  transparentBelow: true,
  hatchTop: true,
};

const errorClasses: Palette = {
  id: "smoke-ensemble-error",
  breaks: [0, 0.05, 0.1, 0.2, 0.3, 0.4],
  ...same(["#2d6a4f", "#52967a", "#86bfa3", "#c4ddcb", "#e9d8a6", "#d9a05b"]),
  transparentBelow: true,
  hatchTop: false,
};

const micrograms = { symbol: "µg/m³", scale: 1 };
const hours = { symbol: "h", scale: 1 };
const percent = { symbol: "%", scale: 100 };

/** Ways of looking at a smoke run as a whole and at its ensemble; all values are at ground and of the fire alone. */
export const summaryLayers: readonly LayerDefinition[] = [
  ...["smoke-summary", "smoke-ensemble-summary"].flatMap((productId) => ofWholeRun(productId)),
  layer({
    ...{ productId: "smoke-ensemble-summary", variable: "arrival_probability", unit: percent, palette: shareClasses },
    title: { en: "Share of members that pass 15 µg/m³", it: "Quota di membri che superano 15 µg/m³" },
  }),
  layer({
    ...{ productId: "smoke-ensemble", variable: "pm25_p50", unit: micrograms, palette: smokeClasses },
    title: { en: "PM2.5 at ground, median of the members", it: "PM2.5 al suolo, mediana dei membri" },
  }),
  layer({
    ...{ productId: "smoke-ensemble", variable: "pm25_p90", unit: micrograms, palette: smokeClasses },
    title: { en: "PM2.5 at ground, 90th percentile", it: "PM2.5 al suolo, 90º percentile" },
  }),
  ...smokeThresholds.map((limit) =>
    layer({
      ...{ productId: "smoke-ensemble", variable: `probability_${limit}`, unit: percent, palette: shareClasses },
      title: { en: `Share of members above ${limit} µg/m³`, it: `Quota di membri sopra ${limit} µg/m³` },
    }),
  ),
  layer({
    ...{ productId: "smoke-ensemble", variable: "pm25_relative_error", unit: percent, palette: errorClasses },
    title: { en: "Counting error of the ensemble's mean", it: "Errore di conteggio della media dell'ensemble" },
  }),
];

function ofWholeRun(productId: string): readonly LayerDefinition[] {
  return [
    ...arrivalThresholds.map((limit) =>
      layer({
        ...{ productId, variable: `arrival_${limit}`, unit: hours, palette: arrivalClasses },
        title: { en: `Arrival at ground, above ${limit} µg/m³`, it: `Arrivo al suolo, sopra ${limit} µg/m³` },
      }),
    ),
    layer({
      ...{ productId, variable: "pm25_maximum", unit: micrograms, palette: smokeClasses },
      title: { en: "Highest hourly PM2.5 at ground", it: "PM2.5 orario massimo al suolo" },
    }),
    layer({
      ...{ productId, variable: "pm25_dose", unit: { symbol: "µg h/m³", scale: 1 }, palette: doseClasses },
      title: { en: "Dose of PM2.5 at ground", it: "Dose di PM2.5 al suolo" },
    }),
    ...smokeThresholds.map((limit) =>
      layer({
        ...{ productId, variable: `hours_above_${limit}`, unit: hours, palette: durationClasses },
        title: { en: `Hours above ${limit} µg/m³ at ground`, it: `Ore sopra ${limit} µg/m³ al suolo` },
      }),
    ),
  ];
}

function layer({ productId, variable, title, unit, palette }: Shown): LayerDefinition {
  return {
    id: `${productId}-${variable.replaceAll("_", "-")}`,
    ...{ productId, variable, title, palette, direction: null },
    units: [{ ...unit, offset: 0 }],
    interpolateTime: false,
  };
}

function same(colours: readonly string[]): Pick<Palette, "light" | "dark"> {
  return { light: colours, dark: colours };
}
