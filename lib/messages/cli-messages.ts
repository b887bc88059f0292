import { type CliMessages, cli as en } from "@/lib/messages/en/cli";
import { cli as it } from "@/lib/messages/it/cli";
import type { Locale } from "@/lib/messages/messages";

/** Sentences of the command line; apart from those of the portal, which travel to the browser. */
export const cliMessages: Record<Locale, CliMessages> = { en, it };
