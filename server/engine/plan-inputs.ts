import { posix } from "node:path";
import { isGlob } from "@/lib/dag/glob";
import type { Graph, GraphInput, GraphNode } from "@/lib/dag/graph";
import { isNamedFile } from "@/lib/dag/is-match";
import { NereusError } from "@/lib/errors";
import type { ArtifactId } from "@/lib/ids";
import { scratchNames } from "@/server/executors/runner";
import type { StagedInput } from "@/server/storage/stage-inputs";
import type { PlacedArtifact } from "@/server/store/artifact";

/** One input of a task: what is staged for it, and what its program or command is told. */
export type PlannedInput = {
  readonly name: string;
  readonly staged: readonly StagedInput[];
  /** Below `in/`: the file, or the folder that holds all. */
  readonly place: string;
  /** Below `in/`: the words that a command gets; each file of a glob, else the place. */
  readonly words: readonly string[];
};

/**
 * Where below its `in/` the artifacts that a task sees lie. A file asked for by name, and the file that a `single` task is
 * about, is `<input>/<file name>`; a glob or folder keeps paths below `<input>/`, and a fanned-out producer adds a folder
 * by task: `<input>/<key>/<path>`.
 * @param seen  by input, as `seenBy` tells
 * @throws {NereusError} input-missing when a file asked for by name was not made
 */
export function planInputs(
  graph: Graph,
  task: { readonly node: GraphNode; readonly inputArtifactId: ArtifactId | null },
  seen: ReadonlyMap<string, readonly PlacedArtifact[]>,
): readonly PlannedInput[] {
  const { node } = task;
  const isSingle = task.inputArtifactId !== null;
  return node.inputs.map((input) => {
    const chosen = seen.get(input.name) ?? [];
    const [first] = chosen;
    if (isSingle && input.role === "main" && first) return planFile(input, first);
    // What another pipeline fans out is not known here: its tasks have keys.
    const isFanned = input.external !== null || graph.byId.get(input.node)?.fan !== "aggregate";
    const byTask = isFanned && chosen.some(({ taskKey }) => taskKey !== "");
    if (chosen.length === 1 && first?.path === input.path && (isSingle || !byTask)) return planFile(input, first);
    if (chosen.length === 0 && isNamedFile(input.path) && !isSingle) {
      throw new NereusError("input-missing", { node: node.id, reference: referenceOf(input) });
    }
    return planFolder(input, chosen, !isSingle && byTask);
  });
}

const referenceOf = (input: GraphInput): string => `workflow:///${input.node}/${input.path}`;

function planFile(input: GraphInput, artifact: PlacedArtifact): PlannedInput {
  const place = `${input.name}/${posix.basename(artifact.path)}`;
  return { name: input.name, staged: [stagedAs(input, artifact, place)], place, words: [place] };
}

function planFolder(input: GraphInput, artifacts: readonly PlacedArtifact[], byTask: boolean): PlannedInput {
  const base = isGlob(input.path) || input.path === "" ? "" : `${input.path.replace(/\/$/, "")}/`;
  const staged = artifacts.map((artifact) => {
    const inner = artifact.path.startsWith(base) ? artifact.path.slice(base.length) : artifact.path;
    const folder = byTask && artifact.taskKey !== "" ? `${input.name}/${artifact.taskKey}` : input.name;
    return stagedAs(input, artifact, `${folder}/${inner}`);
  });
  const words = isGlob(input.path) ? staged.map(({ to }) => to) : [input.name];
  return { name: input.name, staged, place: input.name, words };
}

const stagedAs = (input: GraphInput, artifact: PlacedArtifact, to: string): StagedInput => ({
  root: `${artifact.scratch}/${scratchNames.outputs}`,
  path: artifact.path,
  to,
  reference: referenceOf(input),
});
