import type { CliMessages } from "@/lib/messages/en/cli";
import { type CommandContext, sentence } from "@/server/cli/command-context";

/** One thing that was looked at; a bad one says how to mend it. */
export type Check = { id: string; ok: boolean; message: string };

type Finding = {
  id: string;
  ok: boolean;
  key: keyof CliMessages["doctor"];
  fields?: Readonly<Record<string, unknown>>;
};

/** Words a finding in the caller's language. */
export function check(context: CommandContext, { id, ok, key, fields }: Finding): Check {
  return { id, ok, message: sentence(context, "doctor", { key, fields }) };
}
