/**
 * Text of the command line as the pipeline's JSON Schema wants it: `24` becomes a number where one is asked. What does
 * not fit stays text, so that the pipeline's own check words the refusal.
 */
export function typedInputs(
  schema: Readonly<Record<string, unknown>>,
  inputs: Readonly<Record<string, string>>,
): Record<string, unknown> {
  const properties = isRecord(schema.properties) ? schema.properties : {};
  return Object.fromEntries(
    Object.entries(inputs).map(([name, text]) => [name, typed(text, typesOf(properties[name]))]),
  );
}

function typed(text: string, types: readonly string[]): unknown {
  const asNumber = Number(text);
  if (types.some((type) => type === "number" || type === "integer") && text.trim() !== "" && Number.isFinite(asNumber))
    return asNumber;
  if (types.includes("boolean") && (text === "true" || text === "false")) return text === "true";
  if ((types.includes("object") || types.includes("array")) && /^\s*[[{]/.test(text)) return parsed(text);
  return text;
}

/** JSON where it is JSON; else the text, which the pipeline refuses in its own words. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function typesOf(schema: unknown): readonly string[] {
  if (!isRecord(schema)) return [];
  const own = [schema.type].flat().filter((type) => typeof type === "string");
  const branches = [schema.anyOf, schema.oneOf].flatMap((list) => (Array.isArray(list) ? list : []));
  return [...own, ...branches.flatMap(typesOf)];
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}
