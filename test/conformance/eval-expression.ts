import { lookUpIn } from "@/lib/binding/look-up";
import type { ArtifactRecord } from "@/lib/dag/artifact-record";
import { isNereusError } from "@/lib/errors";
import { evaluateExpression } from "@/lib/expression/evaluate-expression";

type Fields = Readonly<Record<string, unknown>>;
type Given = { readonly template: string; readonly context: Readonly<Record<string, Fields | readonly Fields[]>> };

export function evalExpression({ template, context }: Given): { readonly value: unknown } | { readonly error: string } {
  const { input = {}, config = {}, ...nodes } = context;
  const artifacts = new Map(Object.entries(nodes).map(([node, fields]) => [node, [fields].flat().map(toArtifact)]));
  try {
    return {
      value: evaluateExpression(template, lookUpIn({ artifacts, runInput: fieldsOf(input), config: fieldsOf(config) })),
    };
  } catch (error) {
    if (isNereusError(error, "expression-failed") || isNereusError(error, "expression-invalid"))
      return { error: error.fields.reason };
    throw error;
  }
}

const fieldsOf = (value: Fields | readonly Fields[]): Fields => [value].flat()[0] ?? {};

/** Vectors give artifacts as flat fields. A file field that is absent is as good as null. */
function toArtifact(fields: Fields, index: number): ArtifactRecord {
  const { file_path = null, file_name = null, file_size = null, mime_type = null, ...metadata } = fields;
  return {
    ...({ file_path, file_name, file_size, mime_type } as ArtifactRecord),
    id: `${index}`,
    origin: null,
    metadata,
  };
}
