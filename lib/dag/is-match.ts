import type { DagArtifact } from "@/lib/dag/dag-state";
import { isGlob, matchesGlob } from "@/lib/dag/glob";
import type { GraphInput } from "@/lib/dag/graph";

/** Whether an input takes an artifact: everything of the producer, a folder, a file or a glob. */
export function isMatch(input: GraphInput, artifact: Pick<DagArtifact, "nodeId" | "path">): boolean {
  if (artifact.nodeId !== input.node) return false;
  if (input.path === "" || artifact.path === input.path) return true;
  if (isGlob(input.path)) return matchesGlob(input.path, artifact.path);
  return artifact.path.startsWith(input.path.endsWith("/") ? input.path : `${input.path}/`);
}

/** True for a path that asks for one thing by its name, so that its absence is a failure and not "nothing there". */
export const isNamedFile = (path: string): boolean => path !== "" && !path.endsWith("/") && !isGlob(path);
