import { z } from "zod";
import { canonicalJson } from "@/lib/pipeline/canonical-json";
import type { PipelineDefinition } from "@/lib/pipeline/definition";
import type { PipelineModule } from "@/lib/pipeline/pipeline-module";

const anyRecord = z.record(z.string(), z.unknown());

/**
 * An imported definition as the engine wants a pipeline. What is no data (`prepare`, layers, weather) it takes from the
 * built-in pipeline that it names; without one, requests are stored as its JSON Schema lets them through.
 * @param base  the pipeline of `preparedBy`; null for none
 */
export function importedModule(definition: PipelineDefinition, base: PipelineModule | null): PipelineModule {
  if (base === null) {
    return { definition, input: inputOf(definition), layers: [], needsMet: false, prepare: (request) => request };
  }
  const isSameInput = canonicalJson(definition.input) === canonicalJson(base.definition.input);
  return {
    // Who may start it, and which of its fields are the host's alone, holds for a copy too.
    ...base,
    definition,
    // The pipeline's own schema words its refusals better than one made from JSON.
    input: isSameInput ? base.input : inputOf(definition),
    prepare: (request, context) => base.prepare(request, context),
  };
}

function inputOf({ input }: PipelineDefinition): z.ZodType<Record<string, unknown>> {
  return z.fromJSONSchema(input).pipe(anyRecord);
}
