/** Where a text goes beyond so many code points, in UTF-16 units; null when it does not. */
export function offsetPast(text: string, mostCharacters: number): number | null {
  if (text.length <= mostCharacters) return null;
  let offset = 0;
  for (let count = 0; count < mostCharacters && offset < text.length; count += 1)
    offset += (text.codePointAt(offset) ?? 0) > 0xffff ? 2 : 1;
  return offset < text.length ? offset : null;
}
