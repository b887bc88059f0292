import type { DegradedLabel } from "@/lib/map/product";

/**
 * What is said of a run whose weather lacks a variable (`MetInventory.derived`).
 * @param derived names of WRF variables that were derived
 */
export function degradedLabels(derived: readonly string[]): DegradedLabel[] {
  return derived.flatMap((name) => labels.get(name) ?? []);
}

/** Said of a run that bridges frames more than an hour apart. */
export const gapLabel: DegradedLabel = {
  code: "gap",
  text: {
    en: "The weather data have a gap of more than one hour, bridged by interpolation.",
    it: "I dati meteo hanno un'interruzione di oltre un'ora, colmata per interpolazione.",
  },
};

const labels: ReadonlyMap<string, DegradedLabel> = new Map([
  [
    "PBLH",
    {
      code: "pblh-derived",
      text: {
        en: "The weather data lack the boundary-layer height (PBLH); it was derived from the bulk Richardson number.",
        it: "Nei dati meteo manca l'altezza dello strato limite (PBLH); è stata ricavata dal numero di Richardson.",
      },
    },
  ],
  [
    "UST",
    {
      code: "ust-derived",
      text: {
        en: "The weather data lack the friction velocity (UST); it was derived from the wind at 10 m.",
        it: "Nei dati meteo manca la velocità d'attrito (UST); è stata ricavata dal vento a 10 m.",
      },
    },
  ],
  [
    "HFX",
    {
      code: "hfx-neutral",
      text: {
        en: "The weather data lack the surface heat flux (HFX); the air near the ground was taken as neutral.",
        it: "Nei dati meteo manca il flusso di calore al suolo (HFX); l'aria vicino al suolo è considerata neutra.",
      },
    },
  ],
  [
    "LANDMASK",
    {
      code: "landmask-derived",
      text: {
        en: "The weather data lack the land mask; ground above 1 m was taken as land.",
        it: "Nei dati meteo manca la maschera terra-mare; il suolo sopra 1 m è considerato terra.",
      },
    },
  ],
  [
    "RAINNC",
    {
      code: "rain-missing",
      text: {
        en: "The weather data lack rain; washout was left out.",
        it: "Nei dati meteo manca la pioggia; il dilavamento è stato trascurato.",
      },
    },
  ],
]);
