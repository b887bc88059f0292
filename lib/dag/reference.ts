import { NereusError } from "@/lib/errors";
import { asId, type NodeId } from "@/lib/ids";

/** `workflow://[workflow][@cycle offset]/node/path`, taken apart. */
export type Reference = {
  /** Null for this run. */
  readonly workflow: string | null;
  /** ISO 8601 duration with sign, such as `-P1D`; null for the same cycle. */
  readonly cycleOffset: string | null;
  readonly node: NodeId;
  /** Below the producer's `out/`: empty (all of it), a folder, a file or a glob. */
  readonly path: string;
};

export const referenceScheme = "workflow://";

const grammar =
  /^workflow:\/\/(?<workflow>[\w.-]*)(?:@(?<offset>[+-]P[0-9A-Z]+))?\/(?<node>[\w.-]+)(?:\/(?<path>.*))?$/su;

/**
 * Reads a whole-string reference.
 * @param place  where it stands, for the message: `node publish, input hour`
 * @throws {NereusError} reference-invalid
 */
export function parseReference(text: string, place: string): Reference {
  const groups = grammar.exec(text)?.groups;
  const refuse = (problem: string) => new NereusError("reference-invalid", { text, place, problem });
  if (!groups?.node) throw refuse("is not of the form workflow:///node/path.");
  const path = groups.path ?? "";
  if (path.startsWith("/") || path.split("/").includes("..")) throw refuse("leaves the folder of its node.");
  return {
    workflow: groups.workflow || null,
    cycleOffset: groups.offset ?? null,
    node: asId<NodeId>(groups.node),
    path,
  };
}
