import { isNereusError } from "@/lib/errors";
import { type Locale, messages } from "@/lib/messages/messages";

/**
 * The sentence of a failure in a language. An unknown error becomes "Internal error" with its reference: its text may
 * hold what a user must not see.
 * @param reference  what the log files it under
 */
export function renderError(error: unknown, locale: Locale, reference = "-"): string {
  if (isNereusError(error)) return renderSentence(messages[locale].errors[error.code], inWords(error.fields, locale));
  return locale === "it" ? `Errore interno (riferimento ${reference}).` : `Internal error (reference ${reference}).`;
}

/** Verbs and roles travel as codes; a sentence says them in the reader's language. */
function inWords(fields: Readonly<Record<string, unknown>>, locale: Locale): Readonly<Record<string, unknown>> {
  const { verbs, roles } = messages[locale];
  const words: Readonly<Record<string, string>> = { ...verbs, ...roles };
  const say = (value: unknown) =>
    String(value)
      .split(", ")
      .map((code) => words[code] ?? code)
      .join(", ");
  const coded = Object.entries(fields).filter(([name]) => name === "verb" || name === "role" || name === "needed");
  return { ...fields, ...Object.fromEntries(coded.map(([name, value]) => [name, say(value)])) };
}

/** Replaces `{name}` by the field of that name; a name without a field stays visible. */
export function renderSentence(template: string, fields: Readonly<Record<string, unknown>>): string {
  return template.replace(/\{(\w+)\}/g, (whole, name: string) => (name in fields ? String(fields[name]) : whole));
}
