import { invalidExpression } from "@/lib/expression/invalid-expression";
import { offsetPast } from "@/lib/expression/offset-past";
import { limits } from "@/lib/expression/problems";
import { isBlank, type Range, trimRange, trimText } from "@/lib/expression/trim";

/** A pipe as it is written, and where. */
export type RawPipe = { readonly name: string; readonly args: readonly string[]; readonly start: number };

/**
 * Reads `name` or `name(arg, arg)`.
 * @param range  trimmed and not empty
 * @throws {NereusError} expression-invalid
 */
export function parsePipe(source: string, range: Range): RawPipe {
  const text = source.slice(range.start, range.end);
  const paren = text.indexOf("(");
  if (paren === -1) return { name: text, args: [], start: range.start };
  const open = range.start + paren;
  if (!text.endsWith(")")) throw invalidExpression(source, open, "unclosed-paren");
  const name = trimRange(source, { start: range.start, end: open });
  const args = splitArguments(source, { start: open + 1, end: range.end - 1 });
  for (const argument of args)
    if (offsetPast(argument.text, limits.argumentCharacters) !== null)
      throw invalidExpression(source, argument.start, "argument-too-long");
  return { name: source.slice(name.start, name.end), args: args.map(({ text }) => text), start: range.start };
}

type Argument = { readonly text: string; readonly start: number };

/** Texts between commas, trimmed; `\,` is a comma, and an empty text at the end is no argument. */
function splitArguments(source: string, { start, end }: Range): readonly Argument[] {
  const args: Argument[] = [];
  let text = "";
  let first = start;
  for (let at = start; at < end; at += 1) {
    const character = source.charAt(at);
    if (character === "\\" && at + 1 < end && source.charAt(at + 1) === ",") {
      text += ",";
      at += 1;
    } else if (character === ",") {
      args.push({ text: trimText(text, isBlank), start: first });
      text = "";
      first = at + 1;
    } else text += character;
  }
  const last = trimText(text, isBlank);
  return last === "" ? args : [...args, { text: last, start: first }];
}
