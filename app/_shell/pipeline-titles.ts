import type { Locale } from "@/lib/messages/messages";
import { pipelines } from "@/pipelines/registry";

/** Titles of all pipelines in a language, by id; a pipeline that is gone is shown by its id. */
export function pipelineTitles(locale: Locale): Readonly<Record<string, string>> {
  return Object.fromEntries(pipelines.map(({ definition }) => [definition.id, definition.title[locale]]));
}
