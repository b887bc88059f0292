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
