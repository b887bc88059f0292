import type { BindingScope } from "@/lib/binding/look-up";
import { resolveBinding } from "@/lib/binding/resolve-binding";
import { visibleArtifacts } from "@/lib/binding/visible-artifacts";
import { instantOf } from "@/lib/cycle/cycle-point";
import { recordOf } from "@/lib/dag/artifact-record";
import type { GraphInput } from "@/lib/dag/graph";
import type { Binding } from "@/lib/pipeline/binding";
import type { JobNode, ProgramNode } from "@/lib/pipeline/definition";
import { webBindings } from "@/lib/pipeline/web-bindings";
import type { PlannedInput } from "@/server/engine/plan-inputs";
import { scratchNames } from "@/server/executors/runner";
import type { PlacedArtifact } from "@/server/store/artifact";
import type { RunRow } from "@/server/store/run";

/** What the parameters of a task come from. */
export type ParamFacts = {
  readonly run: Pick<RunRow, "id" | "input" | "cycle" | "productGeneration" | "createdAt">;
  readonly inputs: readonly GraphInput[];
  /** What the task sees by input, and all that there is, in the order of the run. */
  readonly seen: ReadonlyMap<string, readonly PlacedArtifact[]>;
  readonly made: readonly PlacedArtifact[];
  readonly planned: readonly PlannedInput[];
  /** The task's `in/`. */
  readonly folder: string;
};

type NamedFacts = ParamFacts & { readonly node: Pick<ProgramNode, "params"> };

/**
 * The parameters that a task's program gets; null where a binding has no value. Artifacts lie where they are staged for the
 * task, and the node's literals are the configuration that expressions may name.
 * @throws {NereusError} expression-failed
 */
export function resolveParams(facts: NamedFacts): Readonly<Record<string, unknown>> {
  const params = Object.entries(facts.node.params);
  const scope = scopeOf(facts, { readsArtifacts: params.some(([, binding]) => readsArtifacts(binding)) });
  return Object.fromEntries(params.map(([name, binding]) => [name, resolveBinding(binding, scope)]));
}

/** What a node binds: the parameters of a program, the variables of a command, all that is asked of a server. */
export function bindingsOf(node: JobNode, run: Pick<RunRow, "cycle" | "createdAt">): Readonly<Record<string, Binding>> {
  if (node.kind === "program") return node.params;
  if (node.kind === "command") return node.environment ?? {};
  return webBindings(node, run.cycle === null ? run.createdAt : instantOf(run.cycle));
}

/** What bindings and expressions of a task can name. */
export function scopeOf(facts: NamedFacts, of: { readonly readsArtifacts: boolean }): BindingScope {
  const { node, run } = facts;
  const params = Object.entries(node.params);
  return {
    artifacts: of.readsArtifacts ? visibleRecords(facts) : new Map(),
    runInput: run.input,
    config: Object.fromEntries(params.flatMap(([name, one]) => (one.from === "literal" ? [[name, one.value]] : []))),
    run: { id: run.id, cycle: run.cycle, generation: run.productGeneration, createdAt: run.createdAt.toISOString() },
  };
}

/** Most tasks bind no artifact, and a wide node has thousands. */
const readsArtifacts = (binding: Binding): boolean =>
  binding.from === "artifact" || binding.from === "expression" || binding.when !== undefined;

function visibleRecords({ inputs, seen, made, planned, folder }: ParamFacts): BindingScope["artifacts"] {
  const stagedAt = new Map<string, string>(
    planned.flatMap(({ staged }) =>
      staged.map(({ root, path, to }) => [`${root}/${path}`, `${folder}/${to}`] as const),
    ),
  );
  const describe = (artifact: PlacedArtifact) => {
    const path = `${artifact.scratch}/${scratchNames.outputs}/${artifact.path}`;
    return recordOf(artifact, stagedAt.get(path) ?? path);
  };
  return new Map([...visibleArtifacts(inputs, seen, made)].map(([node, visible]) => [node, visible.map(describe)]));
}
