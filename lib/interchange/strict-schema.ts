import { z } from "zod";
import { isRecord } from "@/lib/interchange/is-record";
import { suggestName } from "@/lib/nearest-name";

/** A schema for every key of a type, so that a field added to the type asks for its schema. */
export type ShapeOf<T> = { readonly [Key in keyof Required<T>]: z.ZodType<T[Key]> };

/** An object with these keys and no others; an unknown key is told with the one it may mean. */
export function strictObject<Shape extends z.core.$ZodLooseShape>(shape: Shape) {
  const known = Object.keys(shape);
  return z.strictObject(shape, {
    error: (issue) => {
      if (issue.code !== "unrecognized_keys") return undefined;
      const [wrong = ""] = issue.keys;
      return `“${wrong}” is no known field.${suggestName(wrong, known)}`;
    },
  });
}

/** One of these words. */
export function oneOf<const Words extends readonly [string, ...string[]]>(words: Words) {
  return z.enum(words, { error: ({ input }) => wrongWord(input, words) });
}

/** One of several objects, told apart by a key. */
export function byKey<
  Key extends string,
  const Options extends readonly [z.core.$ZodTypeDiscriminable, ...z.core.$ZodTypeDiscriminable[]],
>(key: Key, words: readonly string[], options: Options) {
  return z.discriminatedUnion(key, options, {
    error: ({ input }) => (isRecord(input) ? wrongWord(input[key], words) : undefined),
  });
}

function wrongWord(input: unknown, words: readonly string[]): string {
  if (typeof input === "string") return `“${input}” is none of ${words.join(", ")}.${nearOf(input, words)}`;
  return `${input === undefined ? "it is missing" : "it is no text"}; expected one of ${words.join(", ")}.`;
}

function nearOf(wrong: string, words: readonly string[]): string {
  const told = suggestName(wrong, words);
  return told.startsWith(" Known") ? "" : told;
}
