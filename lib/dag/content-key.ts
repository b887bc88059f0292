import { canonicalJson } from "@/lib/pipeline/canonical-json";
import type { CommandNode, OutputDefinition, ScriptNode } from "@/lib/pipeline/definition";

/** What the result of a task depends on. */
export type ContentFacts = {
  readonly node: ScriptNode;
  /** sha256 of the program as it lies at the site; null for a command. */
  readonly programSha256: string | null;
  /** What the program is told; places of files as they are below the task's own folder. */
  readonly params: Readonly<Record<string, unknown>>;
  /** Variables that are set for the task. */
  readonly environment: Readonly<Record<string, string>>;
  readonly inputs: readonly ContentInput[];
};

/** A staged file: its place below `in/`, and what it holds. */
export type ContentInput = { readonly name: string; readonly to: string; readonly sha256: string };

/** Everything that makes up a key, each by a name that a person understands: `parameter hours`, `input met/a.nc`. */
export type ContentComponents = Readonly<Record<string, string>>;

/** A component that differs; null where there was, or is, none. */
export type ComponentChange = {
  readonly component: string;
  readonly before: string | null;
  readonly after: string | null;
};

/** More files of one input are one component: a record of ten thousand would be read for nothing. */
const mostFilesOfInput = 200;
/** Longest text of a component in a comparison, characters. */
const longestValue = 200;

/**
 * The parts of the content key of a task. Its name, run and cycle are none of them, nor is where it ran.
 * @param hash  sha256 of a text, hexadecimal
 * Source: EXECUTION.md, R2 and R3.
 */
export function contentComponents(facts: ContentFacts, hash: (text: string) => string): ContentComponents {
  const { node, params, environment } = facts;
  const work: readonly Entry[] =
    node.kind === "program"
      ? [["program", `${node.program} ${facts.programSha256 ?? "none"}`]]
      : [["command", node.command], ...imageEntry(node)];
  return Object.fromEntries([
    ...work,
    ...entries("parameter", params, canonicalJson),
    ...entries("environment", environment, (value) => value),
    ...inputEntries(facts.inputs, hash),
    ...node.outputs.map((output, index): Entry => [`output ${index + 1}`, describeOutput(output)]),
    ["option cpus", String(node.cpus)],
    ["option memoryMb", String(node.memoryMb)],
    ["salt", node.cache?.salt ?? ""],
  ]);
}

const imageEntry = ({ container }: CommandNode): readonly Entry[] =>
  container === undefined ? [] : [["image", `${container.image} ${container.network}`]];

/** The key: equal components, whatever their order, give equal keys. */
export function contentKeyOf(components: ContentComponents, hash: (text: string) => string): string {
  return hash(canonicalJson(components));
}

/** Which components differ, by name. */
export function componentChanges(before: ContentComponents, after: ContentComponents): readonly ComponentChange[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  return names
    .filter((name) => before[name] !== after[name])
    .map((component) => ({ component, before: shorten(before[component]), after: shorten(after[component]) }));
}

type Entry = readonly [string, string];

function entries<Value>(
  kind: string,
  values: Readonly<Record<string, Value>>,
  write: (value: Value) => string,
): readonly Entry[] {
  return Object.entries(values).map(([name, value]) => [`${kind} ${name}`, write(value)] as const);
}

function inputEntries(inputs: readonly ContentInput[], hash: (text: string) => string): readonly Entry[] {
  const byName = new Map<string, ContentInput[]>();
  for (const input of inputs) byName.set(input.name, [...(byName.get(input.name) ?? []), input]);
  return [...byName].flatMap(([name, files]): readonly Entry[] => {
    if (files.length <= mostFilesOfInput) return files.map(({ to, sha256 }) => [`input ${to}`, sha256] as const);
    const all = files.map(({ to, sha256 }) => `${to} ${sha256}`).sort();
    return [[`input ${name} (${files.length} files)`, hash(all.join("\n"))]];
  });
}

const describeOutput = ({ pattern, commit, required }: OutputDefinition): string =>
  `${pattern} ${commit}${required ? " required" : ""}`;

function shorten(value: string | undefined): string | null {
  if (value === undefined) return null;
  return value.length > longestValue ? `${value.slice(0, longestValue)}…` : value;
}
