import type { FieldReference } from "@/lib/expression/expression";
import { parseExpression } from "@/lib/expression/parse-expression";

/**
 * Every reference of an expression, in its order, those of `list(...)` included.
 * @throws {NereusError} expression-invalid
 */
export function referencesOf(source: string): readonly FieldReference[] {
  return parseExpression(source).flatMap((piece) => {
    if (piece.kind === "text") return [];
    return piece.kind === "list" ? piece.references : [piece.reference];
  });
}
