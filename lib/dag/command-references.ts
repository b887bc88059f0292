import { referenceScheme } from "@/lib/dag/reference";

/** A reference inside a shell command: its text and where it stands, so that it can be replaced in place. */
export type CommandReference = {
  /** With quotes and escapes resolved. */
  readonly text: string;
  /** Half-open range of characters of the command. */
  readonly start: number;
  readonly end: number;
  readonly quote: "none" | "single" | "double";
};

type Quote = CommandReference["quote"];

/**
 * Finds `workflow://` references in a shell command, aware of its quoting: a reference ends at an unquoted blank,
 * newline, `; | & < > ( )` or a quote; inside quotes blanks belong to the path. One pass, no recursion.
 * Source: EXECUTION.md, section 7, D1.
 */
export function findCommandReferences(command: string): readonly CommandReference[] {
  const found: CommandReference[] = [];
  let quote: Quote = "none";
  let at = 0;
  while (at < command.length) {
    if (command.startsWith(referenceScheme, at)) {
      const reference = readReference(command, at, quote);
      found.push(reference);
      at = reference.end;
      continue;
    }
    const character = command[at] ?? "";
    if (character === "\\" && quote !== "single") {
      at += 2;
      continue;
    }
    quote = nextQuote(quote, character);
    at += 1;
  }
  return found;
}

/** 1-based line and column of a place in a text, for messages. */
export function placeOf(text: string, offset: number): { readonly line: number; readonly column: number } {
  const before = text.slice(0, offset).split("\n");
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}

function nextQuote(quote: Quote, character: string): Quote {
  if (character === "'" && quote !== "double") return quote === "single" ? "none" : "single";
  if (character === '"' && quote !== "single") return quote === "double" ? "none" : "double";
  return quote;
}

const endsPlain = new Set(" \t\r\n;|&<>()'\"`$");
const endsDouble = new Set('"`$\n');
const endsSingle = new Set("'\n");

function readReference(command: string, start: number, quote: Quote): CommandReference {
  const ends = quote === "none" ? endsPlain : quote === "double" ? endsDouble : endsSingle;
  let text = "";
  let at = start;
  while (at < command.length) {
    const character = command[at] ?? "";
    if (character === "\\" && quote !== "single" && at + 1 < command.length) {
      text += command[at + 1];
      at += 2;
      continue;
    }
    if (ends.has(character)) break;
    text += character;
    at += 1;
  }
  return { text, start, end: at, quote };
}
