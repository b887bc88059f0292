import fc from "fast-check";
import { expect, test } from "vitest";
import { isNereusError } from "@/lib/errors";
import { evaluateExpression } from "@/lib/expression/evaluate-expression";
import { mostCharacters } from "@/lib/expression/pipe";
import { pipes } from "@/lib/expression/pipes";

const evaluate = (source: string, value: unknown = null): unknown => evaluateExpression(source, () => value);

function reasonOf(run: () => unknown): string {
  try {
    return `no failure but ${run()}`;
  } catch (error) {
    if (isNereusError(error, "expression-failed")) return error.fields.reason;
    throw error;
  }
}

test.each<[string, unknown, unknown]>([
  ["{a.x | strip(🌋x)}", "🌋x-x🌋", "-"],
  ["{a.x | replace(,-)}", "🌋b", "-🌋-b-"],
  ["{a.x | title}", "straße ﬁn ΟΔΟΣ 中a", "Straße Fin Οδος 中A"],
  ["{a.x | pad(24)}", 1e21, "001000000000000000000000"],
  ["{a.x | pad(4)}", "-7.9", "-007"],
  ["{a.x | int}", "-0.5", 0],
  ["{a.x | int}", true, 0],
  ["{a.x | urlencode}", "!'()*~\ud800", "%21%27%28%29%2A~%EF%BF%BD"],
  ["{a.x | urldecode}", "%FF%c3%a9%", "\ufffdé%"],
  ["{a.x | string}", [1, null, [2, 3]], "1, , 2, 3"],
  ["{a.x | trim}", "\u00a0\u2003a\u3000", "a"],
  ["{a.x | truncate(-10)}", "abc", ""],
  ["{a.x | nth(-1)}", [1, 2], null],
  ["{a.x | json_get(__proto__)}", '{"__proto__": 5}', 5],
  ["{a.x | json_get(constructor)}", {}, null],
  ["{a.x | in(true,5)}", 5, true],
  ["{a.x | gt(inf)}", 1e300, false],
  [" {a.x}", 5, " 5"],
  ["{a.x}{a.x}", null, null],
])("%s of %j", (source, value, expected) => {
  expect(evaluate(source, value)).toEqual(expected);
});

test("any text, its braces escaped, is its own expression", () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom("{", "}", "a", " ", "|", "🌋") }), (text) => {
      expect(evaluate(text.replace(/[{}]/g, "\\$&"))).toBe(text === "" ? null : text);
    }),
  );
});

test("a lone reference keeps any JSON value, and pipes that do not apply leave it", () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(evaluate("{a.x}", value)).toEqual(value);
      expect(evaluate("{list(a.x)}", value)).toEqual([value]);
      if (value !== null && value !== "") expect(evaluate("{a.x | default(y) | required}", value)).toEqual(value);
    }),
  );
});

test("every pipe takes every value and ends in a value or in its own error", () => {
  const names = [...pipes.keys()].filter((name) => name !== "required");
  const anyArgument = fc.constantFrom("", "2", "-1", "a", ".", "[a-z]+", "(", "0x1");
  fc.assert(
    fc.property(fc.jsonValue(), fc.constantFrom(...names), anyArgument, (value, name, argument) => {
      const given = Math.max(pipes.get(name)?.arity[0] ?? 0, pipes.get(name)?.arity[1] ? 1 : 0);
      const source = given === 0 ? `{a.x | ${name}}` : `{a.x | ${name}(${argument},)}`;
      expect(evaluate(source, value)).not.toBeUndefined();
    }),
    { numRuns: 2000 },
  );
});

test("a missing required value, and only that, is an error", () => {
  expect(reasonOf(() => evaluate("run-{a.x | required}"))).toBe("required-missing");
  expect(evaluate("{a.x | required}", false)).toBe(false);
});

test.each([
  `{a.x${" | replace(,aaaaaaaaaaaaaaaa)".repeat(8)}}`,
  "{a.x | int | pad(999999999)}",
  `{list(${"a.x,".repeat(60)}) | join(${"y".repeat(4096)}) | replace(y,yyyyyyyyyyyyyyyy)}`,
])("a result that grows without bound is refused before it exists (%.40s)", (source) => {
  const startedAt = performance.now();
  expect(reasonOf(() => evaluate(source, "x".repeat(1000)))).toBe("result-too-long");
  expect(performance.now() - startedAt).toBeLessThan(10_000);
});

test("JSON that nests without end holds no keys", () => {
  const nested = (levels: number) => `{"k":${'{"k":'.repeat(levels)}1${"}".repeat(levels)}}`;
  expect(evaluate("{a.x | json_get(k)}x", nested(100_000))).toBe("x");
  expect(evaluate("{a.x | json_get(k)}x", nested(2))).toBe('{"k":{"k":1}}x');
});

test("a long text takes linear time through every pipe", () => {
  const text = `${" ".repeat(500_000)}x`.slice(0, mostCharacters);
  const startedAt = performance.now();
  for (const pipe of ["trim", "rstrip", "int", "title", "basename", "urldecode", "strip( x)", "truncate(5)", "gt(1)"])
    evaluate(`{a.x | ${pipe}}`, text);
  for (const pipe of ["int", "pad", "lt(2)"]) evaluate(`{a.x | ${pipe}}`, `${"1".repeat(500_000)}x`);
  expect(performance.now() - startedAt).toBeLessThan(10_000);
});
