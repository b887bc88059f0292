import { suggestName } from "@/lib/nearest-name";
import { UsageError } from "@/server/cli/usage-error";

/** @throws {UsageError} for a format that is not one of these */
export function readFormat<Format extends string>(text: string, known: readonly Format[]): Format {
  const format = known.find((one) => one === text);
  if (format === undefined)
    throw new UsageError("option-invalid", { problem: `--format ${text}.${suggestName(text, known)}` });
  return format;
}
