import { findMatch } from "@/lib/expression/find-match";
import { integerOf, type Pipe, type Pipes } from "@/lib/expression/pipe";
import { replaceText } from "@/lib/expression/replace-text";
import { textOf } from "@/lib/expression/text-of";
import { titleCase } from "@/lib/expression/title-case";
import { isBlank, trimText } from "@/lib/expression/trim";
import { decodeUrl, encodeUrl } from "@/lib/expression/url-text";

type Ends = Parameters<typeof trimText>[2];

/** Pipes from text to text. */
export const textPipes: Pipes = {
  upper: onText((text) => text.toUpperCase()),
  lower: onText((text) => text.toLowerCase()),
  title: onText(titleCase),
  trim: onText((text) => trimText(text, isBlank)),
  strip: stripPipe({ start: true, end: true }),
  lstrip: stripPipe({ start: true }),
  rstrip: stripPipe({ end: true }),
  urlencode: onText(encodeUrl),
  urldecode: onText(decodeUrl),
  replace: {
    arity: [1, 2],
    apply: (value, [from = "", to = ""], fail) => replaceText(textOf(value), { from, to }) ?? fail("result-too-long"),
  },
  prepend: { arity: [0, 1], apply: (value, [prefix = ""]) => prefix + textOf(value) },
  append: { arity: [0, 1], apply: (value, [suffix = ""]) => textOf(value) + suffix },
  truncate: { arity: [0, 1], apply: (value, [length = "100"]) => truncate(textOf(value), integerOf(length)) },
  match: {
    arity: [0, 1],
    apply: (value, [pattern = ""], fail) => findMatch(pattern, textOf(value)) ?? fail("match-too-costly"),
  },
  string: {
    arity: [0, 0],
    // Unlike the text of a list, keeps the places of nulls.
    apply: (value) => (Array.isArray(value) ? value.map(textOf).join(", ") : textOf(value)),
  },
};

function onText(change: (text: string) => string): Pipe {
  return { arity: [0, 0], apply: (value) => change(textOf(value)) };
}

function stripPipe(ends: Ends): Pipe {
  return {
    arity: [0, 1],
    apply: (value, [characters = ""]) => {
      const cut = new Set(characters);
      return trimText(textOf(value), cut.size === 0 ? isBlank : (character) => cut.has(character), ends);
    },
  };
}

/** The first code points of a text; a negative length counts from its end, no length leaves it. */
function truncate(text: string, length: number | null): string {
  if (length === null || length >= text.length) return text;
  return Array.from(text).slice(0, length).join("");
}
