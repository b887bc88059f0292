import { readField } from "@/lib/binding/read-field";
import type { ArtifactRecord } from "@/lib/dag/artifact-record";
import type { LookUp } from "@/lib/expression/evaluate-expression";
import type { RunField } from "@/lib/pipeline/binding";

/** What the bindings of a task can see. */
export type BindingScope = {
  /** By node, in the order of the node's artifacts; only what the task may see. */
  readonly artifacts: ReadonlyMap<string, readonly ArtifactRecord[]>;
  readonly runInput: Readonly<Record<string, unknown>>;
  readonly config: Readonly<Record<string, unknown>>;
  readonly run: Readonly<Record<RunField, unknown>>;
};

/** Finds the values of an expression: `input.x`, `config.x`, and `node.x` over the node's artifacts. */
export function lookUpIn({ artifacts, runInput, config }: Omit<BindingScope, "run">): LookUp {
  return ({ namespace, key }) => {
    if (namespace === "input") return ownValue(runInput, key);
    if (namespace === "config") return ownValue(config, key);
    return readField(artifacts.get(namespace) ?? [], key);
  };
}

/** A name that objects inherit, such as `constructor`, is a key like any other. */
const ownValue = (record: Readonly<Record<string, unknown>>, key: string): unknown =>
  Object.hasOwn(record, key) ? record[key] : null;
