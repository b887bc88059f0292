import { mostCharacters } from "@/lib/expression/pipe";

/**
 * Every occurrence of a text replaced, both taken literally; the empty text stands before, between and after all
 * characters.
 * @returns null when the result would be too long; it is not built then
 */
export function replaceText(text: string, { from, to }: { readonly from: string; readonly to: string }): string | null {
  const parts = from === "" ? ["", ...text, ""] : text.split(from);
  const length = text.length + (parts.length - 1) * (to.length - from.length);
  return length > mostCharacters && length > text.length ? null : parts.join(to);
}
