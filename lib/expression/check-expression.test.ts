import fc from "fast-check";
import { expect, test } from "vitest";
import { checkExpression } from "@/lib/expression/check-expression";
import { limits, problemSentences } from "@/lib/expression/problems";
import { italianProblem } from "@/lib/messages/it/problems";

test.each([
  ["ab {a.n", "unclosed-brace", 4],
  ["a}", "unexpected-brace", 2],
  ["{a.n | default({b.n})}", "nested-brace", 16],
  ["{  }", "empty-reference", 2],
  ["{ | upper}", "empty-reference", 3],
  ["{ab | upper}", "bad-reference", 2],
  ["{list(a.n, b)}", "bad-reference", 12],
  ["{.n}", "empty-namespace", 2],
  ["{a. | upper}", "empty-key", 4],
  ["{a.n | constructor}", "unknown-pipe", 8],
  ["x {a.n | trim | upper(1)}", "pipe-arity", 17],
  ["{a.n | in}", "pipe-arity", 8],
  ["{a.n | }", "empty-pipe", 7],
  ["{a.n | default(x) y}", "unclosed-paren", 15],
  ["{list(a.n}", "unclosed-paren", 6],
  ["{a.n | default(x))}", "unbalanced-paren", 18],
  ["{upper(a.n)}", "unknown-function", 2],
  ["{list(a.n) b}", "text-after-call", 12],
  ["{list(list(a.n))}", "nested-call", 11],
  ["x".repeat(limits.characters + 1), "expression-too-long", limits.characters + 1],
  ["{a.b}".repeat(limits.steps + 1), "too-many-steps", limits.steps * 5 + 2],
  [`{a.b | eq(${"🌋".repeat(limits.argumentCharacters + 1)})}`, "argument-too-long", 11],
])("%.30s is refused as %s at column %i", (source, code, column) => {
  expect(checkExpression(source)).toMatchObject({ code, column });
});

test.each([
  "",
  "plain | text ( with ) bars",
  "\\{a\\}",
  "{a.b.c}",
  "{list()}",
  "{ list( a.b , , input.c ) | join(\\,) | upper }",
  "{a.n | default((x)}",
  "🌋".repeat(limits.characters),
  `{a.b | eq(${"🌋".repeat(limits.argumentCharacters)})}`,
])("%.40s is good", (source) => {
  expect(checkExpression(source)).toBeNull();
});

test("syntax comes before the names of pipes, wherever they stand", () => {
  expect(checkExpression("{a.n | nope} {b")?.code).toBe("unclosed-brace");
  expect(checkExpression("{a.n | nope} {b.n | upper(1)}")?.code).toBe("unknown-pipe");
});

test("a misspelled pipe is told with the nearest name", () => {
  expect(checkExpression("{a.n | uper}")?.problem).toBe("there is no pipe “uper”. Did you mean “upper”?");
});

const fragments = ["{", "}", "|", "(", ")", ",", "\\", ".", " ", "a.n", "list(", "upper", "replace(a,b)", "é", "🌋"];

test("whatever text comes, the parser reads it or says where it is wrong", () => {
  const anyText = fc.oneof(
    fc.string(),
    fc.array(fc.constantFrom(...fragments), { maxLength: 20 }).map((all) => all.join("")),
  );
  fc.assert(
    fc.property(anyText, (source) => {
      const found = checkExpression(source);
      if (found === null) return;
      expect(found.column).toBeGreaterThan(0);
      expect(found.column).toBeLessThanOrEqual(source.length + 1);
    }),
    { numRuns: 2000 },
  );
});

test("hostile lengths take no time", () => {
  const startedAt = performance.now();
  for (const unit of ["(", ")", "|", ",", "\\", " ", "{", "}", "a.b|", "list("]) {
    checkExpression(`{a.n | default(${unit.repeat(16_000)})}`);
    checkExpression(`{${unit.repeat(16_000)}}`);
    checkExpression(unit.repeat(10_000_000));
  }
  expect(performance.now() - startedAt).toBeLessThan(10_000);
});

test("every problem has an Italian sentence", () => {
  const dynamic = ["{a.n | uper}", "{a.n | zzzzzzzz}", "{a.n | upper(1)}", "{a.n | replace}"];
  const sentences = [
    ...Object.values(problemSentences),
    ...dynamic.map((source) => checkExpression(source)?.problem ?? ""),
  ];
  for (const sentence of sentences) expect(italianProblem(sentence)).not.toBe(sentence);
});
