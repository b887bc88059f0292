/** A text as PostgreSQL can keep it, in JSON too: NUL and halves of surrogate pairs become U+FFFD. */
export const storableText = (text: string): string => text.replaceAll(/[\0\p{Surrogate}]/gu, "\ufffd");
