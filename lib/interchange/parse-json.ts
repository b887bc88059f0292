import { NereusError } from "@/lib/errors";
import type { JsonPath } from "@/lib/interchange/json-place";
import { jsonPlace } from "@/lib/interchange/json-place";

const deepest = 64;

/**
 * Reads the text of a definition of any format. What JSON can say but the database cannot keep is refused too: NUL, half
 * a surrogate pair, a number beyond the doubles.
 * @param file  its name, for messages
 * @throws {NereusError} import-invalid, with line and column, or with the path of the value
 */
export function parseJson(text: string, file: string): unknown {
  const value = tryParse(text.replace(/^\uFEFF/, ""), file);
  const wrong = findUnstorable(value);
  if (wrong === null) return value;
  throw new NereusError("import-invalid", { file, place: jsonPlace(wrong.path), problem: wrong.problem });
}

function tryParse(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    const before = text.slice(0, offsetOf(cause instanceof Error ? cause.message : "", text)).split("\n");
    const place = `line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1}`;
    const problem = text.trim() === "" ? "the file is empty." : "this is no JSON; check commas, quotes and brackets.";
    throw new NereusError("import-invalid", { file, place, problem }, { cause });
  }
}

/** Where the parser stopped: it says the position, or else quotes ten characters on either side of the wrong one. */
function offsetOf(told: string, text: string): number {
  const position = /position (\d+)/.exec(told)?.[1];
  if (position !== undefined) return Number(position);
  const groups = /^Unexpected token '(?<token>.)', (?<dots>\.{3})?"(?<around>.*)"(?:\.{3})? is not/su.exec(
    told,
  )?.groups;
  if (groups?.around === undefined) return text.length;
  const start = Math.max(0, text.indexOf(groups.around));
  return start + (groups.dots === undefined ? Math.max(0, groups.around.indexOf(groups.token ?? "")) : 10);
}

/** The first value that cannot be stored; without recursion, since nobody vouches for the depth. */
function findUnstorable(root: unknown): { readonly path: JsonPath; readonly problem: string } | null {
  const open: { readonly value: unknown; readonly path: JsonPath }[] = [{ value: root, path: [] }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { value, path } = next;
    const problem = problemOf(value) ?? (path.length > deepest ? `it lies more than ${deepest} levels deep.` : null);
    if (problem !== null) return { path: path.slice(0, 6), problem };
    if (Array.isArray(value))
      value.forEach((member, index) => void open.push({ value: member, path: [...path, index] }));
    else if (typeof value === "object" && value !== null)
      for (const [key, member] of Object.entries(value)) {
        const wrongKey = key === "__proto__" ? "“__proto__” is no name for one." : problemOf(key);
        if (wrongKey !== null) return { path, problem: `a key: ${wrongKey}` };
        open.push({ value: member, path: [...path, key] });
      }
  }
  return null;
}

function problemOf(value: unknown): string | null {
  if (typeof value === "number" && !Number.isFinite(value)) return "the number is too large.";
  if (typeof value !== "string") return null;
  if (value.includes("\0")) return "the text holds a NUL character; remove it.";
  return /\p{Surrogate}/u.test(value) ? "the text holds half a surrogate pair; it is no valid Unicode." : null;
}
