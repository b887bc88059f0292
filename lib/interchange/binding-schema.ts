import { z } from "zod";
import { byKey, oneOf, type ShapeOf, strictObject } from "@/lib/interchange/strict-schema";
import { textSchema as text } from "@/lib/interchange/text-schema";
import type { InputBinding } from "@/lib/pipeline/binding";

const when = { when: text.optional() };
const inputBinding = {
  from: z.literal("input"),
  field: text,
  default: z.unknown().optional(),
  label: text.optional(),
  placeholder: text.optional(),
  required: z.boolean().optional(),
} satisfies ShapeOf<InputBinding>;
/** Where a value comes from. */
export const bindingSchema = byKey(
  "from",
  ["literal", "input", "run", "artifact", "expression", "secret"],
  [
    strictObject({ from: z.literal("literal"), value: z.unknown(), ...when }),
    strictObject({ ...inputBinding, ...when }),
    strictObject({ from: z.literal("run"), field: oneOf(["id", "cycle", "generation", "createdAt"]), ...when }),
    strictObject({ from: z.literal("artifact"), node: text, field: text, ...when }),
    strictObject({ from: z.literal("expression"), expression: text, ...when }),
    strictObject({ from: z.literal("secret"), name: text, ...when }),
  ],
);
