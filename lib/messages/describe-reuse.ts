import type { ComponentChange } from "@/lib/dag/content-key";
import type { ReuseDecision } from "@/lib/dag/reuse";
import { reuse as en, type ReuseMessages } from "@/lib/messages/en/reuse";
import { reuse as it } from "@/lib/messages/it/reuse";
import type { Locale } from "@/lib/messages/messages";
import { renderSentence } from "@/lib/messages/render-sentence";

const words: Record<Locale, ReuseMessages> = { en, it };

/** Differences that are named one by one. */
const mostNamed = 5;
/** A hash is told apart by less than all of it, characters. */
const hashShown = 12;

/**
 * Why the work of a task was taken over, or done, as one sentence.
 * @param sayTime  how an instant (ISO 8601 UTC) is written for the reader
 */
export function describeReuse(decision: ReuseDecision, locale: Locale, sayTime: (iso: string) => string): string {
  const text = words[locale];
  const from = "from" in decision ? decision.from : null;
  const changes = decision.kind === "changed" ? describeChanges(decision.changes, text) : "";
  return renderSentence(text[decision.kind], {
    attempt: from?.attemptId,
    run: from?.runId,
    at: from && sayTime(from.at),
    path: "path" in decision ? decision.path : "",
    changes,
  });
}

function describeChanges(changes: readonly ComponentChange[], text: ReuseMessages): string {
  const named = changes.slice(0, mostNamed).map(({ component, before, after }) => {
    const template = before === null ? text.added : after === null ? text.removed : text.changedTo;
    return renderSentence(template, { component, before: shown(before), after: shown(after) });
  });
  const rest = changes.length - named.length;
  return [...named, ...(rest > 0 ? [renderSentence(text.more, { count: rest })] : [])].join("; ");
}

const shown = (value: string | null): string =>
  (value ?? "").replace(/\b[0-9a-f]{64}\b/g, (hash) => hash.slice(0, hashShown));
