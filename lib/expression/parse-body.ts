import type { FieldReference } from "@/lib/expression/expression";
import { invalidExpression } from "@/lib/expression/invalid-expression";
import { parsePipe, type RawPipe } from "@/lib/expression/parse-pipe";
import { limits } from "@/lib/expression/problems";
import { type Range, trimRange } from "@/lib/expression/trim";

/** A piece whose pipes are still names. */
export type RawPiece =
  | { readonly kind: "text"; readonly text: string }
  | (RawBody & { readonly kind: "reference"; readonly reference: FieldReference })
  | (RawBody & { readonly kind: "list"; readonly references: readonly FieldReference[] });

type RawBody = { readonly start: number; readonly pipes: readonly RawPipe[] };

/**
 * Reads what stands between the braces of a reference or call.
 * @throws {NereusError} expression-invalid
 */
export function parseBody(source: string, between: Range): RawPiece {
  const body = trimRange(source, between);
  if (body.start === body.end) throw invalidExpression(source, between.start, "empty-reference");
  const call = /^[a-zA-Z_][\p{L}\p{N}_]*\(/u.exec(source.slice(body.start, body.end));
  return call ? parseCall(source, body, call[0].slice(0, -1)) : parseReferenceBody(source, body);
}

function parseReferenceBody(source: string, body: Range): RawPiece {
  const [first = body, ...pipes] = splitOnBars(source, body);
  if (first.start === first.end) throw invalidExpression(source, first.start, "empty-reference");
  const reference = parseReference(source, first);
  return { kind: "reference", start: body.start, reference, pipes: parsePipes(source, pipes) };
}

/** `list(ns.key, ns.key) | pipe`: the arguments, then what follows, then the name of the function, as they stand in doubt. */
function parseCall(source: string, body: Range, name: string): RawPiece {
  const open = body.start + name.length;
  const close = findCloseParen(source, { start: open, end: body.end });
  const references = parseArguments(source, { start: open + 1, end: close });
  const rest = trimRange(source, { start: close + 1, end: body.end });
  if (rest.start < rest.end && source.charAt(rest.start) !== "|")
    throw invalidExpression(source, rest.start, "text-after-call");
  const pipes = parsePipes(source, splitOnBars(source, rest).slice(1));
  if (name !== "list") throw invalidExpression(source, body.start, "unknown-function");
  return { kind: "list", start: body.start, references, pipes };
}

function findCloseParen(source: string, { start, end }: Range): number {
  let depth = 0;
  for (let at = start; at < end; at += 1) {
    const character = source.charAt(at);
    if (character === "(") depth += 1;
    if (character === ")") depth -= 1;
    if (depth === 0) return at;
  }
  throw invalidExpression(source, start, "unclosed-paren");
}

/** References between commas; empty places do not count. */
function parseArguments(source: string, inside: Range): readonly FieldReference[] {
  const given = splitAt(source, inside, ",")
    .map((range) => trimRange(source, range))
    .filter(({ start, end }) => start < end);
  const excess = given[limits.steps];
  if (excess) throw invalidExpression(source, excess.start, "too-many-steps");
  return given.map((range) => {
    const paren = /[()]/.exec(source.slice(range.start, range.end));
    if (paren) throw invalidExpression(source, range.start + paren.index, "nested-call");
    return parseReference(source, range);
  });
}

/** The first dot parts namespace and key. */
function parseReference(source: string, { start, end }: Range): FieldReference {
  const text = source.slice(start, end);
  const dot = text.indexOf(".");
  if (dot === -1) throw invalidExpression(source, start, "bad-reference");
  if (dot === 0) throw invalidExpression(source, start, "empty-namespace");
  if (dot === text.length - 1) throw invalidExpression(source, end, "empty-key");
  return { namespace: text.slice(0, dot), key: text.slice(dot + 1) };
}

function parsePipes(source: string, ranges: readonly Range[]): readonly RawPipe[] {
  return ranges.map((range) => {
    if (range.start === range.end) throw invalidExpression(source, range.start, "empty-pipe");
    return parsePipe(source, range);
  });
}

/** Parts between the bars that stand in no parentheses, trimmed. */
function splitOnBars(source: string, body: Range): readonly Range[] {
  let depth = 0;
  const bars: number[] = [];
  for (let at = body.start; at < body.end; at += 1) {
    const character = source.charAt(at);
    if (character === "(") depth += 1;
    if (character === ")") depth -= 1;
    if (depth < 0) throw invalidExpression(source, at, "unbalanced-paren");
    if (character === "|" && depth === 0) bars.push(at);
  }
  return rangesBetween(body, bars).map((range) => trimRange(source, range));
}

function splitAt(source: string, { start, end }: Range, separator: string): readonly Range[] {
  const places: number[] = [];
  for (let at = start; at < end; at += 1) if (source.charAt(at) === separator) places.push(at);
  return rangesBetween({ start, end }, places);
}

function rangesBetween({ start, end }: Range, separators: readonly number[]): readonly Range[] {
  return [...separators, end].map((place, index) => {
    const before = separators[index - 1];
    return { start: before === undefined ? start : before + 1, end: place };
  });
}
