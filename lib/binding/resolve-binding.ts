import { assertNever } from "@/lib/assert-never";
import { doesHold } from "@/lib/binding/does-hold";
import { type BindingScope, lookUpIn } from "@/lib/binding/look-up";
import { readField } from "@/lib/binding/read-field";
import { evaluateExpression } from "@/lib/expression/evaluate-expression";
import type { Binding } from "@/lib/pipeline/binding";

/**
 * The value of one binding; null when it has none, when its `when` clause does not hold, and for an empty literal or
 * default.
 * @throws {NereusError} expression-failed, expression-invalid
 * Source: conformance/README.md, Task input and bindings.
 */
export function resolveBinding(binding: Binding, scope: BindingScope): unknown {
  if (binding.when !== undefined && !doesHold(binding.when, lookUpIn(scope))) return null;
  switch (binding.from) {
    case "literal":
      return present(binding.value);
    case "input": {
      const { field, default: fallback } = binding;
      // The default stands in for an absent key only: a null that was given hides it.
      return Object.hasOwn(scope.runInput, field) ? scope.runInput[field] : present(fallback);
    }
    case "run":
      return scope.run[binding.field];
    case "artifact":
      return readField(scope.artifacts.get(binding.node) ?? [], binding.field);
    case "expression":
      return evaluateExpression(binding.expression, lookUpIn(scope));
    case "secret":
      // Only the start of a job puts its value in: what is resolved is stored and compared.
      return null;
    default:
      return assertNever(binding);
  }
}

const present = (value: unknown): unknown => (value === "" || value === undefined ? null : value);
