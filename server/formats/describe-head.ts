/** The first bytes of a file for a message: as text where they are, else in hexadecimal. */
export function describeHead(head: Uint8Array): string {
  if (head.length === 0) return "nothing: it is empty";
  const text = String.fromCharCode(...head);
  if (/^[\x20-\x7e]+$/.test(text)) return `“${text}”`;
  return [...head].map((byte) => byte.toString(16).padStart(2, "0")).join(" ");
}
