import { findCommandReferences } from "@/lib/dag/command-references";

/**
 * References of a command that no input names yet, each with a free name: `ref1`, `ref2`, ...
 * @param inputs  those that there are, by name
 */
export function unnamedReferences(
  command: string,
  inputs: Readonly<Record<string, { readonly reference?: unknown }>>,
): readonly { readonly name: string; readonly reference: string }[] {
  const names = new Set(Object.keys(inputs));
  const known = new Set(Object.values(inputs).map(({ reference }) => reference));
  const found: { name: string; reference: string }[] = [];
  for (const { text } of findCommandReferences(command)) {
    if (known.has(text)) continue;
    known.add(text);
    let number = names.size + 1;
    while (names.has(`ref${number}`)) number += 1;
    names.add(`ref${number}`);
    found.push({ name: `ref${number}`, reference: text });
  }
  return found;
}
