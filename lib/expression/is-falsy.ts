/**
 * What counts as false in `not` and in `when`: "", 0, false, null, an empty list and an empty object. The text `false` does
 * not.
 * Source: conformance/README.md, Expressions.
 */
export function isFalsy(value: unknown): boolean {
  if (value === null || value === undefined || value === "" || value === 0 || value === false) return true;
  if (Array.isArray(value)) return value.length === 0;
  return typeof value === "object" && Object.keys(value).length === 0;
}
