import type { RunTimeProblem } from "@/lib/expression/problems";

/** One transformation of a value; null has become "" before it. The registry is `pipes.ts`. */
export type Pipe = {
  /** Least and most arguments. */
  readonly arity: readonly [number, number];
  readonly apply: (value: unknown, args: readonly string[], fail: Fail) => unknown;
};

/** Ends the evaluation. */
export type Fail = (problem: RunTimeProblem) => never;

export type Pipes = Readonly<Record<string, Pipe>>;

/** Most characters of a text that a pipe may make: chained, `replace` would otherwise grow without bound. */
export const mostCharacters = 2 ** 20;

const integer = /^[+-]?\d+$/;

/** The whole number that an argument writes; null for anything else. */
export const integerOf = (argument: string): number | null => (integer.test(argument) ? Number(argument) : null);
