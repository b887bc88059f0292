import { findCommandReferences, placeOf } from "@/lib/dag/command-references";
import { referenceScheme } from "@/lib/dag/reference";

/** Where a reference leads, in the names of the language that it is written in. */
export type NamedTarget = { readonly workflow: string; readonly task: string };

export type WrittenReference = NamedTarget & {
  /** Characters of the text that name the target. */
  readonly start: number;
  readonly end: number;
  /** `line 1, column 5` */
  readonly place: string;
};

const target = /^workflow:\/\/(?<workflow>[^/\s'"`;|&<>()]*)\/(?<task>[^/\s'"`;|&<>()]+)/u;

/** References of a command by the names that they use; one that names no task is left out. */
export function writtenReferences(command: string): readonly WrittenReference[] {
  return findCommandReferences(command).flatMap(({ start, end }) => {
    const found = target.exec(command.slice(start, end));
    if (!found?.groups) return [];
    const { line, column } = placeOf(command, start);
    const { workflow = "", task = "" } = found.groups;
    return [{ workflow, task, start, end: start + found[0].length, place: `line ${line}, column ${column}` }];
  });
}

/** The command with the target of each reference written anew; blanks, quotes and paths stay as they are. */
export function translateCommand(command: string, rename: (target: NamedTarget) => NamedTarget): string {
  let text = "";
  let at = 0;
  for (const reference of writtenReferences(command)) {
    const { workflow, task } = rename(reference);
    text += `${command.slice(at, reference.start)}${referenceScheme}${workflow}/${task}`;
    at = reference.end;
  }
  return text + command.slice(at);
}
