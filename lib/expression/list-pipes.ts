import { type Fail, integerOf, mostCharacters, type Pipe, type Pipes } from "@/lib/expression/pipe";
import { textOf } from "@/lib/expression/text-of";

/** Pipes on lists; whatever is no list passes through, `join` gives its text. */
export const listPipes: Pipes = {
  first: onList((list) => list[0] ?? null),
  last: onList((list) => list.at(-1) ?? null),
  flatten: onList((list) => list.flat()),
  compact: onList((list) => list.filter((member) => member !== null)),
  nth: {
    arity: [0, 1],
    apply: (value, [index = "0"]) => {
      if (!Array.isArray(value)) return value;
      const place = integerOf(index);
      return place === null ? null : (value[place] ?? null);
    },
  },
  join: {
    arity: [0, 1],
    apply: (value, [separator = ", "], fail) => (Array.isArray(value) ? join(value, separator, fail) : textOf(value)),
  },
};

function onList(change: (list: readonly unknown[]) => unknown): Pipe {
  return { arity: [0, 0], apply: (value) => (Array.isArray(value) ? change(value) : value) };
}

function join(list: readonly unknown[], separator: string, fail: Fail): string {
  const texts = list.filter((member) => member !== null).map(textOf);
  return texts.length * separator.length > mostCharacters ? fail("result-too-long") : texts.join(separator);
}
