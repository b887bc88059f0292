import { assertNever } from "@/lib/assert-never";
import { readInputs } from "@/lib/dag/graph";
import type { CommitRule, NodeDefinition, OutputDefinition, PipelineDefinition } from "@/lib/pipeline/definition";

/** A CAPIO-CL configuration, version 1.1: who reads and writes which files, and when they may be read. */
export type CapioClGraph = {
  readonly version: 1.1;
  readonly name: string;
  readonly IO_Graph: readonly CapioClModule[];
};

type CapioClModule = {
  readonly name: string;
  readonly input_stream: readonly string[];
  readonly output_stream: readonly string[];
  readonly streaming: readonly CapioClRule[];
};

type CapioClRule = ({ readonly name: readonly string[] } | { readonly dirname: readonly string[] }) & {
  readonly committed: string;
  readonly mode: "no_update";
  readonly file_deps?: readonly string[];
  readonly n_files?: number;
};

/**
 * The files of a pipeline as a CAPIO-CL graph. Paths are relative to the run: `<node>/<path below its out/>`. What CAPIO-CL
 * has no word for (commands, resources, fan-out, conditions) is left out, so this is no form to import from.
 * Source: CAPIO-CL `schema/v1.1.json`; EXECUTION.md, section 14.
 */
export function exportIoGraph(definition: PipelineDefinition): CapioClGraph {
  const expected = expectedFiles(definition);
  const modules = definition.nodes.map((node): CapioClModule => {
    const inputs = readInputs(node).filter(({ external }) => external === null);
    return {
      name: node.id,
      input_stream: distinct(inputs.map((input) => pathIn(input.node, input.path))),
      output_stream: distinct(node.outputs.map(({ pattern }) => pathIn(node.id, pattern))),
      streaming: [...node.outputs.map((output) => ruleOf(node, output)), ...(expected.get(node.id) ?? [])],
    };
  });
  return { version: 1.1, name: definition.id, IO_Graph: modules };
}

/** Artifacts never change once they are committed: `no_update`. */
function ruleOf(node: NodeDefinition, output: OutputDefinition): CapioClRule {
  const name = [pathIn(node.id, output.pattern)];
  const committed = committedBy(output.commit);
  if (committed !== "on_file") return { name, committed, mode: "no_update" };
  return { name, committed, file_deps: [pathIn(node.id, markerPattern(output))], mode: "no_update" };
}

function committedBy(rule: CommitRule): "on_termination" | "on_close" | "on_file" {
  switch (rule) {
    case "on-exit":
      return "on_termination";
    case "on-rename":
    case "stable":
    case "next-file":
      return "on_close";
    case "marker":
      return "on_file";
    default:
      return assertNever(rule);
  }
}

/** The marker's path with wildcards where it repeats the file's: `{path}.done` of `*.nc` is `*.nc.done`. */
function markerPattern({ pattern, marker }: OutputDefinition): string {
  const name = pattern.split("/").at(-1) ?? pattern;
  return (marker ?? "{path}.done").replaceAll("{path}", pattern).replaceAll("{name}", name);
}

/** Where a consumer says how many files it expects, their folder is complete with so many. */
function expectedFiles(definition: PipelineDefinition): ReadonlyMap<string, readonly CapioClRule[]> {
  const rules = new Map<string, CapioClRule[]>();
  for (const input of definition.nodes.flatMap((node) => readInputs(node))) {
    const count = input.quorum?.expected ?? null;
    if (count === null || input.external !== null) continue;
    const dirname = [pathIn(input.node, folderOf(input.path))];
    const rule: CapioClRule = { dirname, committed: "on_n_files", n_files: count, mode: "no_update" };
    const known = rules.get(input.node) ?? [];
    if (!known.some((other) => JSON.stringify(other) === JSON.stringify(rule))) rules.set(input.node, [...known, rule]);
  }
  return rules;
}

/** The folder that a path or glob lies in: its segments before the first wildcard or the file. */
function folderOf(path: string): string {
  const folders = path.split("/").slice(0, -1);
  const glob = folders.findIndex((segment) => /[*?[{]/.test(segment));
  return folders.slice(0, glob < 0 ? folders.length : glob).join("/");
}

const pathIn = (node: string, path: string): string => [node, ...path.split("/").filter(Boolean)].join("/");

const distinct = (paths: readonly string[]): readonly string[] => [...new Set(paths)];
