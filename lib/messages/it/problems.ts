import { expressionProblems } from "@/lib/messages/it/expression-problems";
import { interchangeProblems } from "@/lib/messages/it/interchange-problems";
import { seaProblems } from "@/lib/messages/it/sea-problems";
import { webProblems } from "@/lib/messages/it/web-problems";

/**
 * Italian for what stands in the field `problem` of an error: sentences of input schemas and of the cron reader, each by
 * a pattern of its English text. A problem without a row (such as one that the operating system words) stays as it is.
 */
const problems: readonly (readonly [RegExp, string])[] = [
  [/^Give the latitude.*such as ([\d.]+)\.$/, "Scrivi la latitudine dell'incendio in gradi, per esempio $1."],
  [/^The latitude must be between (.+) and (.+) degrees\.$/, "La latitudine va da $1 a $2 gradi."],
  [/^Give the longitude.*such as ([\d.]+)\.$/, "Scrivi la longitudine dell'incendio in gradi, per esempio $1."],
  [/^The longitude must be between (.+) and (.+) degrees\.$/, "La longitudine va da $1 a $2 gradi."],
  [/^Give the start in UTC as in (.+)\.$/, "Scrivi l'inizio in UTC, come in $1."],
  [/^Give a whole number of hours\.$/, "Scrivi un numero intero di ore."],
  [/^The run must last at least 1 hour\.$/, "La corsa deve durare almeno 1 ora."],
  [/^The run may last at most (\d+) hours\.$/, "La corsa può durare al massimo $1 ore."],
  [/^Give the burnt area in hectares\.$/, "Scrivi l'area bruciata in ettari."],
  [/^The burnt area must be above 0 ha\.$/, "L'area bruciata deve superare 0 ha."],
  [/^The burnt area may be at most (\d+) ha\.$/, "L'area bruciata può essere al massimo di $1 ha."],
  [/^Choose what burns: (.+)\.$/, "Scegli che cosa brucia: $1."],
  [/^Give the name of a weather source\.$/, "Scrivi il nome di una fonte meteo."],
  [/^The seed is a whole number\.$/, "Il seme è un numero intero."],
  [/^The seed must not be negative\.$/, "Il seme non può essere negativo."],
  [/^The seed may be at most (\d+)\.$/, "Il seme può essere al massimo $1."],
  [/^Give a whole number of particles\.$/, "Scrivi un numero intero di particelle."],
  [
    /^Give the areas as a GeoJSON FeatureCollection of points and polygons, at most (\d+)\.$/,
    "Indica le aree come FeatureCollection GeoJSON di punti e poligoni, al massimo $1.",
  ],
  [
    /^The outlines of the areas may have at most (\d+) corners together: simplify them\.$/,
    "I contorni delle aree possono avere al massimo $1 vertici in tutto: semplificali.",
  ],
  [/^Give a whole number of members\.$/, "Indica un numero intero di membri."],
  [/^The number of members must not be negative\.$/, "Il numero di membri non può essere negativo."],
  [/^At most (\d+) members are possible\.$/, "Sono possibili al massimo $1 membri."],
  [/^At least (\d+) particles are needed\.$/, "Servono almeno $1 particelle."],
  [/^At most (\d+) particles are (?:possible|allowed here)\.$/, "Qui si accettano al massimo $1 particelle."],
  [/^“(.+)” is not like (.+)\.$/, "«$1» non è come $2."],
  [/^Unrecognized keys?: (.+)$/, "Campo sconosciuto: $1."],
  [/^is needed to fill the template of met$/, "serve per completare l'indirizzo di met"],
  [/^it has (\d+) fields$/, "ha $1 campi"],
  [/^its minute must be from (\d+) to (\d+)$/, "il minuto va da $1 a $2"],
  [/^its hour must be from (\d+) to (\d+)$/, "l'ora va da $1 a $2"],
  [/^its day must be from (\d+) to (\d+)$/, "il giorno va da $1 a $2"],
  [/^its month must be from (\d+) to (\d+)$/, "il mese va da $1 a $2"],
  [/^its day of the week must be from (\d+) to (\d+)$/, "il giorno della settimana va da $1 a $2"],
  [/^it is not of the form R\/start\/duration$/, "non è della forma R/inizio/durata"],
  [/^without a start it needs a count$/, "senza inizio serve il numero di volte"],
  [/^its count is 0$/, "il numero di volte è 0"],
  [/^its step is shorter than a minute$/, "il passo è più breve di un minuto"],
  [/^(.+) is not a date and time$/, "$1 non è una data con ora"],
  [/^(.+) is not a duration above zero$/, "$1 non è una durata di almeno un minuto"],
  [/^a field cannot be read$/, "un campo non si può leggere"],
  ...expressionProblems,
  ...interchangeProblems,
  ...seaProblems,
  ...webProblems,
];

/** The problem in Italian where a row says it, else as it came. */
export function italianProblem(problem: string): string {
  const row = problems.find(([pattern]) => pattern.test(problem));
  return row ? problem.replace(row[0], row[1]) : problem;
}
