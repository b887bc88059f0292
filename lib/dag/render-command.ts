import { findCommandReferences } from "@/lib/dag/command-references";

/**
 * A shell command with each of its references replaced, in place, by the quoted paths of what was staged for it.
 * Nothing is searched for in the text, so `A` never matches inside `AB`.
 * @param pathsOf  absolute paths for the text of a reference; several are separated by blanks
 * Source: EXECUTION.md, section 7, D3.
 */
export function renderCommand(command: string, pathsOf: (reference: string) => readonly string[]): string {
  let rendered = "";
  let at = 0;
  for (const { text, start, end, quote } of findCommandReferences(command)) {
    const paths = pathsOf(text).map(quoteForShell).join(" ");
    const mark = quote === "none" ? "" : quote === "single" ? "'" : '"';
    rendered += `${command.slice(at, start)}${mark}${paths}${mark}`;
    at = end;
  }
  return rendered + command.slice(at);
}

/** One word of a POSIX shell, whatever it holds. */
export const quoteForShell = (word: string): string => `'${word.replaceAll("'", `'\\''`)}'`;
