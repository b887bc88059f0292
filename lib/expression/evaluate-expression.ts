import { assertNever } from "@/lib/assert-never";
import { NereusError } from "@/lib/errors";
import type { FieldReference, Piece, PipeCall } from "@/lib/expression/expression";
import { excerpt } from "@/lib/expression/invalid-expression";
import { parseExpression } from "@/lib/expression/parse-expression";
import { type Fail, mostCharacters } from "@/lib/expression/pipe";
import { problemSentences } from "@/lib/expression/problems";
import { textOf } from "@/lib/expression/text-of";

/** The value that a reference names; null when there is none. */
export type LookUp = (reference: FieldReference) => unknown;

/**
 * The value of an expression: JSON of any type when it is one lone reference or call, else text. Null when nothing is there
 * (an empty text included).
 * @throws {NereusError} expression-invalid; expression-failed when a required value is missing or a result grows too long
 * Source: conformance/README.md, Expressions.
 */
export function evaluateExpression(source: string, lookUp: LookUp): unknown {
  const fail: Fail = (reason) => {
    const problem = problemSentences[reason];
    throw new NereusError("expression-failed", { expression: excerpt(source), reason, problem });
  };
  const pieces = parseExpression(source);
  const [only] = pieces;
  if (pieces.length === 1 && only && only.kind !== "text") return evaluatePiece(only, lookUp, fail);
  const text = pieces.map((piece) => textOf(evaluatePiece(piece, lookUp, fail))).join("");
  return text === "" ? null : text;
}

function evaluatePiece(piece: Piece, lookUp: LookUp, fail: Fail): unknown {
  switch (piece.kind) {
    case "text":
      return piece.text;
    case "reference":
      return throughPipes(lookUp(piece.reference), piece.pipes, fail);
    case "list":
      return throughPipes(piece.references.map(lookUp), piece.pipes, fail);
    default:
      return assertNever(piece);
  }
}

function throughPipes(value: unknown, pipes: readonly PipeCall[], fail: Fail): unknown {
  let current: unknown = value ?? null;
  for (const { apply, args } of pipes) {
    current = apply(current ?? "", args, fail);
    if (typeof current === "string" && current.length > mostCharacters) fail("result-too-long");
  }
  return current;
}
