import type { FormField } from "@/lib/binding/run-form";
import type { TaskInput } from "@/lib/binding/task-input";
import { NereusError } from "@/lib/errors";

/**
 * The input of a run: what the person gave, over the pipeline's defaults, over those of the fields. Null and "" count as not
 * given when they come from the person; keys without a field are kept.
 * @throws {NereusError} run-input-missing, with the labels of all required fields that have no value in the end
 * Source: conformance/README.md, Task input and bindings.
 */
export function mergeRunInput(
  fields: readonly Pick<FormField, "name" | "label" | "required" | "default">[],
  { defaults, given }: { readonly defaults: TaskInput; readonly given: TaskInput },
): TaskInput {
  const merged = new Map<string, unknown>([
    ...fields.map((field): [string, unknown] => [field.name, field.default]).filter(([, value]) => isGiven(value)),
    ...Object.entries(defaults),
    ...Object.entries(given).filter(([, value]) => isGiven(value)),
  ]);
  const labels = fields
    .filter(({ name, required }) => required && !isGiven(merged.get(name)))
    .map(({ label }) => label);
  if (labels.length > 0) throw new NereusError("run-input-missing", { labels, fields: labels.join(", ") });
  return Object.fromEntries(merged);
}

const isGiven = (value: unknown): boolean => value !== null && value !== undefined && value !== "";
