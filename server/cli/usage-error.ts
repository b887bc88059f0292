import type { CliMessages } from "@/lib/messages/en/cli";

/** The command was typed wrongly: exit code 2, and a sentence that says what was expected. */
export class UsageError extends Error {
  constructor(
    readonly key: keyof CliMessages["usage"],
    readonly fields: Readonly<Record<string, unknown>>,
  ) {
    super(`${key}: ${JSON.stringify(fields)}`);
    this.name = "UsageError";
  }
}
