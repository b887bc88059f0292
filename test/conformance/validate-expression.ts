import { checkExpression } from "@/lib/expression/check-expression";

type Given = { readonly template: string };

export function validateExpression({ template }: Given): { readonly ok: true } | { readonly error: string } {
  const problem = checkExpression(template);
  return problem === null ? { ok: true } : { error: problem.code };
}
