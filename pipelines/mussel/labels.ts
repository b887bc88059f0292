import type { DegradedLabel } from "@/lib/map/product";
import { effluentStrengths } from "@/lib/outfalls/effluent";
import type { Outfall } from "@/lib/outfalls/outfall";
import type { MusselRequest } from "@/pipelines/mussel/input";

type Run = {
  readonly request: MusselRequest;
  readonly outfalls: readonly Outfall[];
  readonly coveredHours: number;
  readonly isInvented: boolean;
};

/** What is said of a run besides what its currents lack. */
export function musselLabels({ request, outfalls, coveredHours, isInvented }: Run): readonly DegradedLabel[] {
  const usual = outfalls.filter((one) => one.concentration === effluentStrengths[one.effluent].concentration);
  return [
    ...(isInvented ? [invented] : []),
    ...(usual.length > 0 ? [usualStrength(usual.length, outfalls.length)] : []),
    ...(request.moveM > 0 ? [movable(request.moveM)] : []),
    ...(request.spinUpHours < 24 ? [coldStart] : []),
    ...(coveredHours < request.spinUpHours + request.hours ? [shortened] : []),
  ];
}

const label = (code: string, en: string, it: string): DegradedLabel => ({ code, text: { en, it } });

const invented = label(
  "demonstration-places",
  "Sources or farms are invented for demonstration; they describe no real place.",
  "Sorgenti o allevamenti sono inventati per dimostrazione; non descrivono luoghi reali.",
);

const usualStrength = (count: number, all: number) =>
  label(
    "concentration-default",
    `The strength of ${count} of ${all} sources is the usual one of their effluent, to within a factor of some.`,
    `La carica di ${count} sorgenti su ${all} è quella usuale del loro effluente, a meno di qualche fattore.`,
  );

const movable = (metres: number) =>
  label(
    "outfalls-moved",
    `Sources on land of the ocean model were moved to the nearest sea, by ${metres} m at most.`,
    `Le sorgenti sulla terra del modello marino sono state spostate al mare più vicino, di ${metres} m al massimo.`,
  );

const coldStart = label(
  "cold-start",
  "The sea is taken as clean less than a day before the forecast; bacteria of earlier days are missing.",
  "Il mare è considerato pulito meno di un giorno prima della previsione; mancano i batteri dei giorni precedenti.",
);

const shortened = label(
  "sea-ends",
  "The currents end before the requested time; the last hours are missing.",
  "Le correnti finiscono prima del tempo richiesto; mancano le ultime ore.",
);
