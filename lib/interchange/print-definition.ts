import { definitionSchema } from "@/lib/interchange/definition-schema";
import type { PipelineDefinition } from "@/lib/pipeline/definition";

/** A definition as JSON text, keys in a fixed order; `readDefinition` makes the same definition of it again. */
export function printDefinition(definition: PipelineDefinition): string {
  return `${JSON.stringify(definitionSchema.parse(definition), null, 2)}\n`;
}
