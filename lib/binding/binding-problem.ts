import { checkExpression } from "@/lib/expression/check-expression";
import { referencesOf } from "@/lib/expression/references-of";
import { suggestName } from "@/lib/nearest-name";
import type { Binding } from "@/lib/pipeline/binding";

/** What the expressions and bindings of a node may name. */
export type Names = {
  /** Nodes that it waits for. */
  readonly upstream: readonly string[];
  /** Fields of the run input; null accepts any. */
  readonly fields: readonly string[] | null;
};

export type BindingProblem = {
  readonly code: "expression-invalid" | "binding-not-dependency" | "input-unknown";
  /** A sentence with the cure and, for an expression, the column. */
  readonly problem: string;
};

/** What is wrong with a binding when its pipeline is saved: its source first, then its `when` clause; null for a good one. */
export function bindingProblem(binding: Binding, names: Names): BindingProblem | null {
  return sourceProblem(binding, names) ?? (binding.when === undefined ? null : expressionProblem(binding.when, names));
}

/** What is wrong with an expression where it stands, names included. */
export function expressionProblem(expression: string, names: Names): BindingProblem | null {
  const wrong = checkExpression(expression);
  if (wrong !== null)
    return { code: "expression-invalid", problem: `column ${wrong.column} of “${expression}”: ${wrong.problem}` };
  for (const { namespace, key } of referencesOf(expression)) {
    if (namespace === "config") continue;
    const problem = namespace === "input" ? fieldProblem(key, names) : nodeProblem(namespace, names);
    if (problem !== null) return problem;
  }
  return null;
}

function sourceProblem(binding: Binding, names: Names): BindingProblem | null {
  if (binding.from === "artifact") return nodeProblem(binding.node, names);
  if (binding.from === "expression") return expressionProblem(binding.expression, names);
  return binding.from === "input" ? fieldProblem(binding.field, names) : null;
}

function nodeProblem(node: string, { upstream }: Names): BindingProblem | null {
  if (upstream.includes(node)) return null;
  const problem = `it reads node “${node}”, which it does not wait for.${suggestName(node, upstream)}`;
  return { code: "binding-not-dependency", problem };
}

function fieldProblem(field: string, { fields }: Names): BindingProblem | null {
  if (fields === null || fields.includes(field)) return null;
  const problem = `the run input has no field “${field}”.${suggestName(field, fields)}`;
  return { code: "input-unknown", problem };
}
