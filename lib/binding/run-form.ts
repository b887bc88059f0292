import { checkExpression } from "@/lib/expression/check-expression";
import { referencesOf } from "@/lib/expression/references-of";
import { titleCase } from "@/lib/expression/title-case";
import type { Binding } from "@/lib/pipeline/binding";

/** One field of the form that starts a run. */
export type FormField = {
  readonly name: string;
  readonly label: string;
  readonly placeholder: string;
  readonly required: boolean;
  readonly default: unknown;
};

/** A node as the form sees it. */
export type FormNode = {
  /** Inputs that its program asks the person for. */
  readonly asked: readonly (Pick<FormField, "name" | "label"> & Partial<FormField>)[];
  readonly bindings: Readonly<Record<string, Binding>>;
};

/**
 * The fields of a run's form: what programs ask for, then bindings to the run input, then `input.x` of expressions and `when`
 * clauses, each in the order of the nodes. The first field of a name wins. A broken expression, which no saved pipeline
 * has, asks for nothing.
 * Source: conformance/README.md, Task input and bindings.
 */
export function runForm(nodes: readonly FormNode[]): readonly FormField[] {
  const bindings = nodes.flatMap((node) => Object.entries(node.bindings));
  const fields = new Map<string, FormField>();
  for (const field of [
    ...nodes.flatMap(({ asked }) => asked),
    ...bindings.flatMap(([name, binding]) => boundField(name, binding)),
    ...bindings.flatMap(([, binding]) => expressionFields(binding)),
  ])
    if (!fields.has(field.name)) fields.set(field.name, { placeholder: "", required: false, default: "", ...field });
  return [...fields.values()];
}

function boundField(name: string, binding: Binding): FormNode["asked"] {
  if (binding.from !== "input") return [];
  const { field, label, placeholder = "", required = false, default: fallback = "" } = binding;
  return [{ name: field, label: label || labelOf(name), placeholder, required, default: fallback }];
}

function expressionFields(binding: Binding): FormNode["asked"] {
  const expressions = [binding.from === "expression" ? binding.expression : "", binding.when ?? ""];
  return expressions.flatMap((expression) => {
    const references = checkExpression(expression) === null ? referencesOf(expression) : [];
    const keys = references.filter(({ namespace }) => namespace === "input");
    return [...new Set(keys.map(({ key }) => key))].sort().map((name) => ({ name, label: labelOf(name) }));
  });
}

const labelOf = (name: string): string => titleCase(name.replaceAll("_", " "));
