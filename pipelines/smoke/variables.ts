import type { PublishedVariable } from "@/lib/map/product";

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
