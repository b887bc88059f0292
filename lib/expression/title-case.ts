/**
 * Every letter that follows no letter as a capital, the others small: `o'neill 3d wRF` becomes `O'Neill 3D Wrf`. Signs
 * without case (CJK, digits, marks) count as no letter, as in Python's `str.title`.
 */
export function titleCase(text: string): string {
  return text.replace(/\p{Cased}+/gu, (word) => {
    const [first = "", ...rest] = Array.from(word);
    // A letter may have a capital of two letters (ß, ﬁ), of which only the first is one in a title.
    const [head = "", ...tail] = Array.from(first.toUpperCase());
    return head + (tail.join("") + rest.join("")).toLowerCase();
  });
}
