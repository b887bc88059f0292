import type { WhyReason } from "@/lib/dag/why";
import { formatInstant } from "@/lib/messages/format-time";
import type { Locale, Messages } from "@/lib/messages/messages";
import { renderSentence } from "@/lib/messages/render-sentence";

/**
 * The sentence of a reason in a language.
 * @param words.localTimes  instants as on the screens, not as typed in a shell
 */
export function sayWhy(
  reason: WhyReason,
  words: { readonly locale: Locale; readonly messages: Pick<Messages, "why" | "states">; readonly localTimes: boolean },
): string {
  const { locale, messages, localTimes } = words;
  const states: Readonly<Record<string, string>> = messages.states;
  const { reasons, somebody, host, pipeline } = messages.why;
  const say = ([name, value]: [string, string | number]): [string, string | number] => {
    if (name === "state") return [name, states[value]?.toLocaleLowerCase(locale) ?? value];
    if ((name === "at" || name === "since") && value === "") return [name, "?"];
    if ((name === "at" || name === "since") && localTimes) return [name, formatInstant(String(value), locale)];
    if (name === "by") return [name, value === "" ? somebody : value === "host" ? host : value];
    if (name === "workflow" && value === "") return [name, pipeline];
    return [name, value];
  };
  return renderSentence(reasons[reason.kind], Object.fromEntries(Object.entries(reason).map(say))).trim();
}
