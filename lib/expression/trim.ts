const blank = /\p{White_Space}/u;

/** True for one character of white space as Unicode defines it; all of them are one UTF-16 unit. */
export const isBlank = (character: string): boolean => blank.test(character);

/** Text without the characters at its ends that `isCut` names; takes linear time, unlike a pattern anchored at the end. */
export function trimText(
  text: string,
  isCut: (character: string) => boolean,
  ends: { readonly start?: boolean; readonly end?: boolean } = { start: true, end: true },
): string {
  const characters = Array.from(text);
  let start = 0;
  let end = characters.length;
  while (ends.start && start < end && isCut(characters[start] ?? "")) start += 1;
  while (ends.end && end > start && isCut(characters[end - 1] ?? "")) end -= 1;
  return characters.slice(start, end).join("");
}

/** A half-open range of a text. */
export type Range = { readonly start: number; readonly end: number };

/** The range without the white space at its ends. */
export function trimRange(text: string, { start, end }: Range): Range {
  let [first, last] = [start, end];
  while (first < last && isBlank(text.charAt(first))) first += 1;
  while (last > first && isBlank(text.charAt(last - 1))) last -= 1;
  return { start: first, end: last };
}
