// No part of it can match the same digits in two ways, so it takes linear time.
const decimal = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$/;

/**
 * The number that a JSON value is or that its text writes: decimal or with an exponent, spaces around allowed. Nothing
 * else is a number: no boolean, list or object, no hexadecimal, no word such as `inf`.
 * @returns the number (infinite when the text is beyond a double), or null
 * Source: conformance/README.md, Filters and Expressions.
 */
export function decimalOf(value: unknown): number | null {
  if (typeof value === "number") return value;
  if (typeof value !== "string") return null;
  const text = value.trim();
  return decimal.test(text) ? Number(text) : null;
}
