import { z } from "zod";
import type { FilterRule } from "@/lib/dag/artifact-filter";
import { oneOf, type ShapeOf, strictObject } from "@/lib/interchange/strict-schema";
import { textSchema as text } from "@/lib/interchange/text-schema";

/** One rule over an artifact or a message. */
export const ruleSchema = strictObject({
  field: text,
  operator: oneOf([
    ...(["eq", "neq", "gt", "gte", "lt", "lte", "in", "not_in"] as const),
    ...(["contains", "not_contains", "starts_with", "ends_with", "exists", "not_exists"] as const),
  ]),
  value: z.unknown().optional(),
} satisfies ShapeOf<FilterRule>);
