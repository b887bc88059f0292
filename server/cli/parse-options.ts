import { type ParseArgsConfig, parseArgs } from "node:util";
import { UsageError } from "@/server/cli/usage-error";

/** Options that every command takes; `main` has read them before the command starts. */
const COMMON = {
  json: { type: "boolean" },
  verbose: { type: "boolean" },
  lang: { type: "string" },
} as const;

/**
 * Reads the options of a command.
 * @throws {UsageError} for an option that it does not have, or one without its value
 */
export function parseOptions<Options extends NonNullable<ParseArgsConfig["options"]>>(
  args: readonly string[],
  options: Options,
) {
  const { values, positionals } = tryParse(() =>
    parseArgs({ args: [...args], options: { ...COMMON, ...options }, allowPositionals: true, strict: true }),
  );
  return { values, positionals };
}

/** `--input key=value`, repeated. A value that is a number stays text: the pipeline's own schema reads it. */
export function parseInputs(inputs: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    inputs.map((text) => {
      const at = text.indexOf("=");
      if (at < 1) throw new UsageError("input-format", { text });
      return [text.slice(0, at), text.slice(at + 1)];
    }),
  );
}

/** @throws {UsageError} when the argument was left out */
export function demandArgument(value: string | undefined, names: { command: string; argument: string }): string {
  if (value === undefined || value === "") throw new UsageError("argument-missing", names);
  return value;
}

function tryParse<T>(parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    const problem = error instanceof Error ? error.message.replace(/\.? *To specify.*$/s, "") : String(error);
    throw new UsageError("option-invalid", { problem: `${problem}.` });
  }
}
