import type { BindingScope } from "@/lib/binding/look-up";
import { resolveBinding } from "@/lib/binding/resolve-binding";
import type { TaskInput } from "@/lib/binding/task-input";
import type { Binding } from "@/lib/pipeline/binding";

/**
 * A task's input with the values of its bindings over it; one whose value is null leaves its field alone.
 * @throws {NereusError} expression-failed, expression-invalid
 * Source: conformance/README.md, Task input and bindings.
 */
export function overlayBindings(
  input: TaskInput,
  bindings: Readonly<Record<string, Binding>>,
  scope: BindingScope,
): TaskInput {
  const overlaid = new Map(Object.entries(input));
  for (const [field, binding] of Object.entries(bindings)) {
    const value = resolveBinding(binding, scope);
    if (value !== null && value !== undefined) overlaid.set(field, value);
  }
  return Object.fromEntries(overlaid);
}
