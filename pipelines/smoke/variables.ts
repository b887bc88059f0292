import type { PublishedVariable } from "@/lib/map/product";
import { arrivalThresholds, smokeThresholds } from "@/lib/transport/plume-summary";

const ground = { en: "0–50 m", it: "0–50 m" };

/** What a smoke run publishes; the names are those of the hours that the program `transport` writes. */
export const smokeVariables: readonly PublishedVariable[] = [
  {
    name: "pm25",
    standardName: "mass_concentration_of_pm2p5_ambient_aerosol_particles_in_air",
    title: { en: "PM2.5 from the fire", it: "PM2.5 dall'incendio" },
    units: "ug m-3",
    packing: { dtype: "int32", scale: 0.01, offset: 0, fill: -2_147_483_648 },
    level: ground,
    attributes: { cell_methods: "time: mean (interval: 1 minute)" },
  },
  {
    name: "pm25_column",
    standardName: null,
    title: { en: "PM2.5 from the fire, whole column", it: "PM2.5 dall'incendio, intera colonna" },
    units: "mg m-2",
    packing: { dtype: "int32", scale: 0.001, offset: 0, fill: -2_147_483_648 },
    level: { en: "column", it: "colonna" },
    attributes: { cell_methods: "time: mean (interval: 1 minute)" },
  },
  {
    name: "pm25_relative_error",
    standardName: null,
    title: { en: "Counting error of PM2.5", it: "Errore di conteggio del PM2.5" },
    units: "1",
    packing: { dtype: "int16", scale: 0.0001, offset: 0, fill: -32_768 },
    level: ground,
  },
];

const fine = { dtype: "int32", scale: 0.01, offset: 0, fill: -2_147_483_648 } as const;
const hours = { dtype: "int16", scale: 0.01, offset: 0, fill: -32_768 } as const;
const share = { dtype: "int16", scale: 0.0001, offset: 0, fill: -32_768 } as const;

const variable = (
  name: string,
  [en, it]: readonly [string, string],
  { units, packing }: Pick<PublishedVariable, "units" | "packing">,
): PublishedVariable => ({ name, standardName: null, title: { en, it }, units, packing, level: ground });

/** What is told of the whole run, in one time: its end. */
export const summaryVariables: readonly PublishedVariable[] = [
  ...arrivalThresholds.map((limit) =>
    variable(
      `arrival_${limit}`,
      [`Arrival: first hour above ${limit} µg/m³`, `Arrivo: prima ora sopra ${limit} µg/m³`],
      { units: "h", packing: hours },
    ),
  ),
  ...smokeThresholds.map((limit) =>
    variable(`hours_above_${limit}`, [`Hours above ${limit} µg/m³`, `Ore sopra ${limit} µg/m³`], {
      units: "h",
      packing: hours,
    }),
  ),
  variable("pm25_maximum", ["Highest hourly PM2.5 from the fire", "PM2.5 orario massimo dall'incendio"], {
    units: "ug m-3",
    packing: fine,
  }),
  variable("pm25_dose", ["Dose of PM2.5 from the fire", "Dose di PM2.5 dall'incendio"], {
    units: "ug h m-3",
    packing: fine,
  }),
];

/** The same of an ensemble: medians and means of its members, and how many of them see the smoke arrive. */
export const ensembleSummaryVariables: readonly PublishedVariable[] = [
  ...summaryVariables,
  variable("arrival_probability", ["Share of members that pass 15 µg/m³", "Quota di membri che superano 15 µg/m³"], {
    units: "1",
    packing: share,
  }),
];

/** What the members of an ensemble say of each hour. */
export const ensembleVariables: readonly PublishedVariable[] = [
  variable("pm25_p50", ["PM2.5 from the fire, median of the members", "PM2.5 dall'incendio, mediana dei membri"], {
    units: "ug m-3",
    packing: fine,
  }),
  variable("pm25_p90", ["PM2.5 from the fire, 90th percentile", "PM2.5 dall'incendio, 90º percentile"], {
    units: "ug m-3",
    packing: fine,
  }),
  variable("pm25_mean", ["PM2.5 from the fire, mean of the members", "PM2.5 dall'incendio, media dei membri"], {
    units: "ug m-3",
    packing: fine,
  }),
  ...smokeThresholds.map((limit) =>
    variable(
      `probability_${limit}`,
      [`Share of members above ${limit} µg/m³`, `Quota di membri sopra ${limit} µg/m³`],
      { units: "1", packing: share },
    ),
  ),
  variable("pm25_relative_error", ["Counting error of the mean", "Errore di conteggio della media"], {
    units: "1",
    packing: share,
  }),
];
