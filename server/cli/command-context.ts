import { cliMessages } from "@/lib/messages/cli-messages";
import type { CliMessages } from "@/lib/messages/en/cli";
import type { Locale } from "@/lib/messages/messages";
import { renderSentence } from "@/lib/messages/render-sentence";
import type { Config } from "@/server/config";

/** What every command gets: where it works and how it speaks. */
export type CommandContext = {
  config: Config;
  locale: Locale;
  json: boolean;
  verbose: boolean;
  /** Aborted by Ctrl-C, SIGTERM or a closed terminal. */
  signal: AbortSignal;
};

/** @returns the exit code */
export type Command = (args: readonly string[], context: CommandContext) => Promise<number>;

/** A sentence of one area of the command line in the caller's language. */
export function sentence<Area extends keyof CliMessages>(
  context: Pick<CommandContext, "locale">,
  area: Area,
  what: { key: keyof CliMessages[Area]; fields?: Readonly<Record<string, unknown>> },
): string {
  const template: string = cliMessages[context.locale][area][what.key];
  return renderSentence(template, what.fields ?? {});
}

/** A result: JSON alone when it was asked for, otherwise the text. */
export function print(context: Pick<CommandContext, "json">, result: { json: unknown; text: string }): void {
  console.log(context.json ? JSON.stringify(result.json) : result.text);
}
