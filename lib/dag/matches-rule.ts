import { assertNever } from "@/lib/assert-never";
import type { FilterRule } from "@/lib/dag/artifact-filter";
import type { FilteredArtifact } from "@/lib/dag/artifact-record";
import { extensionOf, fileType } from "@/lib/dag/file-type";
import { decimalOf } from "@/lib/expression/decimal-of";
import { textOf } from "@/lib/expression/text-of";

/**
 * Whether an artifact satisfies a rule. A field that is missing or null satisfies only `neq`, `not_in`, `not_contains`
 * and `not_exists`.
 * Source: conformance/README.md, Filters.
 */
export function matchesRule(artifact: FilteredArtifact, { field, operator, value }: FilterRule): boolean {
  const actual = fieldOf(artifact, field);
  const isMissing = actual === null || actual === undefined;
  switch (operator) {
    case "eq":
      return areEqual(actual, value);
    case "neq":
      return !areEqual(actual, value);
    case "in":
      return optionsOf(value).some((option) => areEqual(actual, option));
    case "not_in":
      return !optionsOf(value).some((option) => areEqual(actual, option));
    case "contains":
      return !isMissing && doesContain(actual, value);
    case "not_contains":
      return isMissing || !doesContain(actual, value);
    case "starts_with":
      return !isMissing && textOf(actual).startsWith(textOf(value));
    case "ends_with":
      return !isMissing && textOf(actual).endsWith(textOf(value));
    case "exists":
      return !isMissing && actual !== "";
    case "not_exists":
      return isMissing || actual === "";
    case "gt":
    case "gte":
    case "lt":
    case "lte":
      return isInOrder(operator, decimalOf(actual), decimalOf(value));
    default:
      return assertNever(operator);
  }
}

function fieldOf(artifact: FilteredArtifact, field: string): unknown {
  switch (field) {
    case "file_type":
      return fileType(artifact);
    case "extension":
      return extensionOf(artifact.file_name);
    case "file_size":
    case "file_name":
      return artifact[field];
    case "mime_type":
      return artifact.mime_type ?? "";
    default:
      return Object.hasOwn(artifact.metadata, field) ? artifact.metadata[field] : null;
  }
}

/** As booleans, else as numbers, else as texts; null equals nothing. */
function areEqual(one: unknown, other: unknown): boolean {
  if (one === null || one === undefined || other === null || other === undefined) return false;
  const [oneBoolean, otherBoolean] = [booleanOf(one), booleanOf(other)];
  if (oneBoolean !== null && otherBoolean !== null) return oneBoolean === otherBoolean;
  const [oneNumber, otherNumber] = [decimalOf(one), decimalOf(other)];
  if (oneNumber !== null && otherNumber !== null) return oneNumber === otherNumber;
  return textOf(one) === textOf(other);
}

function booleanOf(value: unknown): boolean | null {
  if (typeof value === "boolean") return value;
  const word = typeof value === "string" ? value.trim().toLowerCase() : null;
  return word === "true" ? true : word === "false" ? false : null;
}

const optionsOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [value]);

const doesContain = (actual: unknown, value: unknown): boolean =>
  Array.isArray(actual) ? actual.some((member) => areEqual(member, value)) : textOf(actual).includes(textOf(value));

function isInOrder(operator: "gt" | "gte" | "lt" | "lte", one: number | null, other: number | null): boolean {
  if (one === null || other === null) return false;
  switch (operator) {
    case "gt":
      return one > other;
    case "gte":
      return one >= other;
    case "lt":
      return one < other;
    case "lte":
      return one <= other;
    default:
      return assertNever(operator);
  }
}
