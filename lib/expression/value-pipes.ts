import { decimalOf } from "@/lib/expression/decimal-of";
import { isFalsy } from "@/lib/expression/is-falsy";
import { type Fail, integerOf, mostCharacters, type Pipes } from "@/lib/expression/pipe";
import { textOf } from "@/lib/expression/text-of";

/** Pipes on any value: stand-ins, numbers, parts of JSON. */
export const valuePipes: Pipes = {
  default: { arity: [0, 1], apply: (value, [fallback = ""]) => (value === "" ? fallback : value) },
  required: { arity: [0, 0], apply: (value, _args, fail) => (value === "" ? fail("required-missing") : value) },
  int: { arity: [0, 0], apply: (value) => wholeOf(value) ?? 0 },
  pad: { arity: [0, 1], apply: (value, [width = "2"], fail) => pad(value, integerOf(width), fail) },
  json_get: { arity: [0, 1], apply: (value, [key = ""]) => memberOf(value, key) },
};

/** Pipes that answer true or false. */
export const predicatePipes: Pipes = {
  not: { arity: [0, 0], apply: isFalsy },
  eq: { arity: [1, 1], apply: (value, [expected]) => textOf(value) === expected },
  neq: { arity: [1, 1], apply: (value, [expected]) => textOf(value) !== expected },
  gt: { arity: [1, 1], apply: (value, [least = ""]) => difference(value, least) > 0 },
  lt: { arity: [1, 1], apply: (value, [most = ""]) => difference(value, most) < 0 },
  in: { arity: [1, 32], apply: (value, options) => options.includes(textOf(value)) },
};

/** The number of a value, cut towards zero; null when it has none or lies beyond a double. */
function wholeOf(value: unknown): number | null {
  const number = decimalOf(value);
  return number === null || !Number.isFinite(number) ? null : Math.trunc(number) + 0;
}

/** A number cut and filled with zeros, its sign counted; all else is its text. */
function pad(value: unknown, width: number | null, fail: Fail): string {
  const whole = wholeOf(value);
  if (whole === null || width === null) return textOf(value);
  if (width > mostCharacters) return fail("result-too-long");
  // By way of BigInt, since a number from 1e21 on prints with an exponent.
  const digits = BigInt(Math.abs(whole)).toString();
  return whole < 0 ? `-${digits.padStart(width - 1, "0")}` : digits.padStart(width, "0");
}

/** One key of an object or of the text of one; null when there is none. */
function memberOf(value: unknown, key: string): unknown {
  const object = typeof value === "string" ? parseJson(value) : value;
  if (typeof object !== "object" || object === null || Array.isArray(object)) return null;
  return Object.entries(object).find(([name]) => name === key)?.[1] ?? null;
}

/** Text that is no JSON holds no keys, nor does one that nests too deep to be written again. */
function parseJson(text: string): unknown {
  try {
    const parsed: unknown = JSON.parse(text);
    return nestsDeeper(parsed, mostLevels) ? null : parsed;
  } catch {
    return null;
  }
}

/** Reading JSON takes no recursion, writing it does: it fails from some 5,000 levels on. */
const mostLevels = 1000;

function nestsDeeper(value: unknown, levels: number): boolean {
  let level = [value];
  for (let depth = 0; depth <= levels && level.length > 0; depth += 1)
    level = level.flatMap((one) => (typeof one === "object" && one !== null ? Object.values(one) : []));
  return level.length > 0;
}

/** Not a number, and so neither above nor below zero, unless both are numbers. */
function difference(value: unknown, argument: string): number {
  const [one, other] = [decimalOf(value), decimalOf(argument)];
  if (one === null || other === null || one === other) return Number.NaN;
  return one > other ? 1 : -1;
}
