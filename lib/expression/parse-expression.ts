import type { Expression, Piece } from "@/lib/expression/expression";
import { invalidExpression } from "@/lib/expression/invalid-expression";
import { offsetPast } from "@/lib/expression/offset-past";
import { parseBody, type RawPiece } from "@/lib/expression/parse-body";
import { limits } from "@/lib/expression/problems";
import { resolvePipe } from "@/lib/expression/resolve-pipe";

/**
 * Reads `text {namespace.key | pipe | pipe(arg, arg)} text {list(ns.key, ns.key) | pipe}`; `\{` and `\}` are braces outside
 * references. One pass without recursion. Syntax is checked before the names and arguments of pipes, both from the left.
 * @throws {NereusError} expression-invalid, with the column
 * Source: conformance/README.md, Expressions.
 */
export function parseExpression(source: string): Expression {
  const excess = offsetPast(source, limits.characters);
  if (excess !== null) throw invalidExpression(source, excess, "expression-too-long");
  const raw = splitPieces(source);
  checkSteps(source, raw);
  return raw.map((piece): Piece => {
    if (piece.kind === "text") return piece;
    return { ...piece, pipes: piece.pipes.map((pipe) => resolvePipe(source, pipe)) };
  });
}

function splitPieces(source: string): readonly RawPiece[] {
  const pieces: RawPiece[] = [];
  let text = "";
  let at = 0;
  while (at < source.length) {
    const character = source.charAt(at);
    const next = source.charAt(at + 1);
    if (character === "}") throw invalidExpression(source, at, "unexpected-brace");
    if (character === "\\" && (next === "{" || next === "}")) {
      text += next;
      at += 2;
    } else if (character === "{") {
      if (text !== "") pieces.push({ kind: "text", text });
      text = "";
      const close = findClose(source, at);
      pieces.push(parseBody(source, { start: at + 1, end: close }));
      at = close + 1;
    } else {
      text += character;
      at += 1;
    }
  }
  return text === "" ? pieces : [...pieces, { kind: "text", text }];
}

/** Where the reference that opens at `open` closes. */
function findClose(source: string, open: number): number {
  for (let at = open + 1; at < source.length; at += 1) {
    const character = source.charAt(at);
    if (character === "{") throw invalidExpression(source, at, "nested-brace");
    if (character === "}") return at;
  }
  throw invalidExpression(source, open, "unclosed-brace");
}

function checkSteps(source: string, pieces: readonly RawPiece[]): void {
  let steps = 0;
  for (const piece of pieces) {
    if (piece.kind === "text") continue;
    steps += piece.pipes.length + (piece.kind === "list" ? piece.references.length : 1);
    if (steps > limits.steps) throw invalidExpression(source, piece.start, "too-many-steps");
  }
}
