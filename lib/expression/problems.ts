/** What can be wrong with an expression when it is saved. Source: conformance/README.md, Expressions. */
export type SaveTimeProblem =
  | "unclosed-brace"
  | "unexpected-brace"
  | "nested-brace"
  | "empty-reference"
  | "bad-reference"
  | "empty-namespace"
  | "empty-key"
  | "unknown-pipe"
  | "pipe-arity"
  | "empty-pipe"
  | "unclosed-paren"
  | "unbalanced-paren"
  | "unknown-function"
  | "text-after-call"
  | "nested-call"
  | "expression-too-long"
  | "too-many-steps"
  | "argument-too-long";

/** What can go wrong with a good expression when its values are there. */
export type RunTimeProblem = "required-missing" | "result-too-long" | "match-too-costly";

/** Characters of an expression, of one argument (code points), and references and pipes together. */
export const limits = { characters: 16_384, argumentCharacters: 4_096, steps: 64 } as const;

/** What is wrong, what was expected and what to do, where no name or number has to be told. */
export const problemSentences = {
  "unclosed-brace": "this { is not closed. Add a }, or write \\{ for a brace in text.",
  "unexpected-brace": "this } closes nothing. Remove it, or write \\} for a brace in text.",
  "nested-brace": "a { cannot stand inside a reference. Close the first one before it.",
  "empty-reference": "there is no reference. Write one, as in {node.field}.",
  "bad-reference": "a reference needs a dot, as in {node.field}.",
  "empty-namespace": "the name before the dot is missing. Write a node, input or config.",
  "empty-key": "the name after the dot is missing. Write a field.",
  "empty-pipe": "a pipe is missing beside a bar. Name one or remove the bar.",
  "unclosed-paren": "this ( is not closed at the end of its call. Add a ).",
  "unbalanced-paren": "this ) closes nothing. Remove it.",
  "unknown-function": "there is no such function. The only one is list(...).",
  "text-after-call": "only a bar and pipes may follow a call.",
  "nested-call": "list(...) takes references only, no calls.",
  "expression-too-long": `it is longer than ${limits.characters} characters. Shorten it.`,
  "too-many-steps": `it has more than ${limits.steps} references and pipes. Split it.`,
  "argument-too-long": `this argument is longer than ${limits.argumentCharacters} characters. Shorten it.`,
  "required-missing": "a required value is missing.",
  "result-too-long": "its result is too long.",
  "match-too-costly": "the pattern of match is too large for its text.",
} as const satisfies Partial<Record<SaveTimeProblem | RunTimeProblem, string>>;
