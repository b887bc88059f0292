/** Shorter texts are no secrets, and would be found everywhere. */
const shortest = 4;

/**
 * A function that puts `***` where one of these texts stands, in a text or in every text of a JSON value, keys included: a
 * server may send back what it was told.
 */
export function concealer(hidden: readonly string[]): <Value>(value: Value) => Value {
  const texts = hidden.filter((text) => text.length >= shortest).sort((one, other) => other.length - one.length);
  const clean = (text: string) => texts.reduce((seen, secret) => seen.replaceAll(secret, "***"), text);
  const walk = (value: unknown): unknown => {
    if (typeof value === "string") return clean(value);
    if (Array.isArray(value)) return value.map(walk);
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, member]) => [clean(key), walk(member)]));
  };
  // The shape stays: only characters of texts change.
  return <Value>(value: Value): Value => (texts.length === 0 ? value : (walk(value) as Value));
}

/** A text without the beginning of a hidden one at its end, where it was cut or broke off. */
export function dropCutSecret(text: string, hidden: readonly string[]): string {
  const cuts = hidden.map((secret) => {
    let length = Math.min(secret.length - 1, text.length);
    while (length >= shortest && !text.endsWith(secret.slice(0, length))) length -= 1;
    return length >= shortest ? length : 0;
  });
  return text.slice(0, text.length - Math.max(0, ...cuts));
}
