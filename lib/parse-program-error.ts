import { type ErrorCode, NereusError } from "@/lib/errors";
import { en } from "@/lib/messages/messages";

/**
 * The failure that a program of ours reported on standard error by its last line
 * `nereus-error {"code":…,"fields":{…}}`; null when there is none or its code is unknown.
 */
export function parseProgramError(stderr: string): NereusError | null {
  const line = stderr.split("\n").findLast((text) => text.startsWith("nereus-error "));
  if (line === undefined) return null;
  const report = parseJson(line.slice("nereus-error ".length));
  if (!isReport(report)) return null;
  return new NereusError(report.code, report.fields);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

/** Fields are the program's word: a field that lacks leaves its name in the sentence, nothing worse. */
function isReport(value: unknown): value is { code: ErrorCode; fields: NereusError["fields"] } {
  if (typeof value !== "object" || value === null || !("code" in value) || !("fields" in value)) return false;
  const { code, fields } = value;
  return typeof code === "string" && Object.hasOwn(en.errors, code) && typeof fields === "object" && fields !== null;
}
