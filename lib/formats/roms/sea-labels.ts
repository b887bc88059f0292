import type { DegradedLabel } from "@/lib/map/product";

/**
 * What is said of a run whose currents lack a variable, or whose times or places were assumed.
 * @param derived  `SeaInventory.derived`
 */
export function seaLabels(derived: readonly string[]): DegradedLabel[] {
  return derived.flatMap((name) => labels.get(name) ?? []);
}

const label = (code: string, en: string, it: string): DegradedLabel => ({ code, text: { en, it } });

/** Said of a run that bridges frames more than an hour apart. */
export const seaGapLabel = (hours: number): DegradedLabel =>
  label(
    "gap",
    `The currents are up to ${hours} h apart, bridged by interpolation; tides between them are lost.`,
    `Le correnti distano fino a ${hours} h, colmate per interpolazione; le maree intermedie vanno perse.`,
  );

const labels: ReadonlyMap<string, DegradedLabel> = new Map([
  [
    "w",
    label(
      "w-derived",
      "The currents lack the vertical velocity (w); it was derived from continuity.",
      "Nelle correnti manca la velocità verticale (w); è stata ricavata dalla continuità.",
    ),
  ],
  [
    "AKt",
    label(
      "akt-assumed",
      "The currents lack the vertical diffusivity (AKt); that of a layer of 20 m mixed by a wind of 5 m/s was used.",
      "Nelle correnti manca la diffusività verticale (AKt); si è usata quella di uno strato di 20 m con vento di 5 m/s.",
    ),
  ],
  [
    "zeta",
    label(
      "zeta-missing",
      "The currents lack the height of the surface (zeta); it was taken as 0.",
      "Nelle correnti manca l'altezza della superficie (zeta); è stata presa uguale a 0.",
    ),
  ],
  [
    "temp",
    label(
      "temperature-assumed",
      "The currents lack the temperature (temp); 18 °C was used for the die-off.",
      "Nelle correnti manca la temperatura (temp); per il decadimento si sono usati 18 °C.",
    ),
  ],
  [
    "salt",
    label(
      "salt-assumed",
      "The currents lack the salinity (salt); pure sea water was used for the die-off.",
      "Nelle correnti manca la salinità (salt); per il decadimento si è usata acqua di mare pura.",
    ),
  ],
  [
    "swrad",
    label(
      "light-computed",
      "The currents lack the sunlight (swrad); it was computed from the sun's height and the given clouds.",
      "Nelle correnti manca la luce solare (swrad); è stata calcolata dall'altezza del sole e dalla nuvolosità data.",
    ),
  ],
  [
    "mask_rho",
    label(
      "mask-missing",
      "The currents lack the land mask (mask_rho); the whole grid was taken as sea.",
      "Nelle correnti manca la maschera terra-mare (mask_rho); tutta la griglia è considerata mare.",
    ),
  ],
  [
    "lon_rho",
    label(
      "places-missing",
      "The ocean model is a plane without places; its metres were laid out around latitude 0, longitude 0.",
      "Il modello marino è un piano senza coordinate; i suoi metri sono stati disposti attorno a latitudine 0, longitudine 0.",
    ),
  ],
  [
    "epoch",
    label(
      "epoch-assumed",
      "The ocean files may not say from when they count time; the start given with the request was used.",
      "I file marini possono non dire da quando contano il tempo; si è usato l'inizio dato con la richiesta.",
    ),
  ],
]);
