import { RE2JS } from "re2js";

/**
 * The first match of a regular expression in a text, whole; "" without one and for a pattern that is not of RE2 (which
 * has no look-around and no back-references, and so needs no backtracking).
 * @returns null when the search would take too long, in the worst case about two seconds
 */
export function findMatch(pattern: string, text: string): string | null {
  if (pattern === "") return "";
  if (sizeBound(pattern) > mostInstructions) return null;
  const compiled = compile(pattern);
  if (compiled === null) return "";
  if (compiled.programSize() * text.length > mostSteps) return null;
  const matcher = compiled.matcher(text);
  return matcher.find() ? (matcher.group() ?? "") : "";
}

/** Compiling 100,000 instructions takes 0.2 s. */
const mostInstructions = 100_000;
/** Instructions times characters; measured at 25 to 40 ns each where every instruction is live. */
const mostSteps = 5e7;

/** Repeats multiply a program; RE2 refuses nested ones beyond 1,000 and single ones above it. */
function sizeBound(pattern: string): number {
  let factor = 1;
  for (const [, least = "", most = ""] of pattern.matchAll(/\{(\d+)(?:,(\d*))?\}/g))
    factor = Math.min(1000, factor * Math.max(1, Number(least), Number(most)));
  return pattern.length * factor;
}

const compiledPatterns = new Map<string, RE2JS | null>();
const mostKept = 100;

function compile(pattern: string): RE2JS | null {
  const known = compiledPatterns.get(pattern);
  if (known !== undefined) return known;
  if (compiledPatterns.size >= mostKept) compiledPatterns.clear();
  const made = tryCompile(pattern);
  compiledPatterns.set(pattern, made);
  return made;
}

/** The library throws for what it cannot read; here such a pattern matches nothing. */
function tryCompile(pattern: string): RE2JS | null {
  try {
    return RE2JS.compile(pattern);
  } catch {
    return null;
  }
}
