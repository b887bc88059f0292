import { isNereusError } from "@/lib/errors";
import { formatDay, formatInstant } from "@/lib/messages/format-time";
import { italianProblem } from "@/lib/messages/it/problems";
import { type Locale, messages } from "@/lib/messages/messages";
import { portalTimeZone } from "@/lib/messages/portal-time-zone";
import { renderSentence } from "@/lib/messages/render-sentence";

/** `reference`: what the log files an unknown error under. `localTimes`: instants as on the screens, not as typed in a shell. */
type Telling = { readonly reference?: string; readonly localTimes?: boolean };

/**
 * The sentence of a failure in a language. An unknown error becomes "Internal error" with its reference: its text may
 * hold what a user must not see.
 */
export function renderError(error: unknown, locale: Locale, { reference = "-", localTimes }: Telling = {}): string {
  if (isNereusError(error)) {
    const fields = inWords(error.fields, locale);
    return renderSentence(messages[locale].errors[error.code], localTimes ? inLocalTime(fields, locale) : fields);
  }
  return locale === "it" ? `Errore interno (riferimento ${reference}).` : `Internal error (reference ${reference}).`;
}

type Fields = Readonly<Record<string, unknown>>;

/** Verbs and roles travel as codes, problems as English; a sentence says them in the reader's language. */
function inWords(fields: Fields, locale: Locale): Fields {
  const { verbs, roles } = messages[locale];
  const words: Readonly<Record<string, string>> = { ...verbs, ...roles };
  const say = (value: unknown) =>
    String(value)
      .split(", ")
      .map((code) => words[code] ?? code)
      .join(", ");
  const coded = Object.entries(fields).filter(([name]) => name === "verb" || name === "role" || name === "needed");
  const problem = locale === "it" && "problem" in fields ? { problem: italianProblem(String(fields.problem)) } : {};
  return { ...fields, ...problem, ...Object.fromEntries(coded.map(([name, value]) => [name, say(value)])) };
}

const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?Z$/;

const year = new Intl.DateTimeFormat("en", { year: "numeric", timeZone: portalTimeZone });

/** With the year, which may be what was mistyped. */
function inLocalTime(fields: Fields, locale: Locale): Fields {
  const say = (value: unknown) => {
    if (typeof value !== "string" || !instant.test(value)) return value;
    const day = formatDay(value, locale);
    return formatInstant(value, locale).replace(day, `${day} ${year.format(new Date(value))}`);
  };
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, say(value)]));
}
