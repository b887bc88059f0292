/** Percent-encodes all but ASCII letters, digits and `_.-~`; halves of a surrogate pair become U+FFFD. */
export function encodeUrl(text: string): string {
  const whole = text.replace(/\p{Surrogate}/gu, "\ufffd");
  return encodeURIComponent(whole).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

const utf8 = new TextDecoder("utf-8", { ignoreBOM: true });

/** Decodes percent-encoded UTF-8; what is no escape (`%`, `%zz`, `+`) stays, bytes that are no UTF-8 become U+FFFD. */
export function decodeUrl(text: string): string {
  return text.replace(/(?:%[0-9a-fA-F]{2})+/g, (run) => {
    const bytes = run.slice(1).split("%");
    return utf8.decode(Uint8Array.from(bytes, (byte) => Number.parseInt(byte, 16)));
  });
}
