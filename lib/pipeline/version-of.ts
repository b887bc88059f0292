import { canonicalJson } from "@/lib/pipeline/canonical-json";
import type { PipelineDefinition } from "@/lib/pipeline/definition";

/** sha256 of each bundled program by its name, from `dist/programs/versions.json`. */
export type ProgramVersions = Readonly<Record<string, string>>;

/**
 * The version of a pipeline: the hash of its definition and of the programs that it runs. A program that is not
 * bundled counts as absent, so its later bundle is another version.
 * @param hash  sha256 of a text, hexadecimal
 */
export function versionOf(
  definition: PipelineDefinition,
  programs: ProgramVersions,
  hash: (text: string) => string,
): string {
  const names = definition.nodes.flatMap((node) => (node.kind === "program" ? [node.program] : []));
  const used = Object.fromEntries(names.map((name) => [name, programs[name] ?? null]));
  return hash(canonicalJson({ definition, programs: used }));
}
