import type { PublishedVariable } from "@/lib/map/product";

const ecoli = (name: string, aboveM: number, belowM: number): PublishedVariable => ({
  name,
  standardName: null,
  title: { en: "E. coli from outfalls", it: "E. coli dagli scarichi" },
  units: "CFU (100 ml)-1",
  packing: { dtype: "int32", scale: 0.1, offset: 0, fill: -2_147_483_648 },
  level: { en: `${aboveM}–${belowM} m below the surface`, it: `${aboveM}–${belowM} m sotto la superficie` },
  attributes: {
    cell_methods: "time: mean (interval: 5 minutes)",
    comment: "Predicted, not a food-safety decision.",
  },
});

/** What a run publishes; the names are those of the hours that the program `bacteria` writes. */
export const musselVariables: readonly PublishedVariable[] = [
  ecoli("ecoli", 0, 1),
  ecoli("ecoli_1_5m", 1, 5),
  ecoli("ecoli_5_10m", 5, 10),
  {
    name: "ecoli_relative_error",
    standardName: null,
    title: { en: "Counting error of E. coli", it: "Errore di conteggio di E. coli" },
    units: "1",
    packing: { dtype: "int16", scale: 0.0001, offset: 0, fill: -32_768 },
    level: { en: "0–1 m below the surface", it: "0–1 m sotto la superficie" },
  },
];
