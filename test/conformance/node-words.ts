import type { ArtifactFilter } from "@/lib/dag/artifact-filter";
import type { Binding, BindingSource } from "@/lib/pipeline/binding";
import { command, ref } from "@/lib/pipeline/define-pipeline";
import type { CommandNode } from "@/lib/pipeline/definition";

/** A node in the words of the vectors. */
export type VectorNode = {
  readonly slug: string;
  readonly plugin: string;
  readonly depends_on: readonly string[];
  readonly fan_mode?: "single" | "aggregate" | "grouped";
  readonly edge_filters?: Readonly<Record<string, ArtifactFilter>>;
  readonly bindings?: Readonly<Record<string, VectorBinding>>;
};

export type VectorBinding = { readonly when?: string | null } & (
  | { readonly source: "previous_node"; readonly node: string; readonly key: string }
  | { readonly source: "config"; readonly value: unknown }
  | {
      readonly source: "runtime";
      readonly key?: string;
      readonly label?: string;
      readonly placeholder?: string;
      readonly required?: boolean;
      readonly default?: unknown;
    }
  | { readonly source: "expression"; readonly expression: string }
);

/** Dependencies are main inputs in their order; inputs are read by name. */
export function toNode(node: VectorNode, passthrough: readonly string[] = []): CommandNode {
  const inputs = node.depends_on.map((dependency, index) => {
    const filter = node.edge_filters?.[dependency] ?? null;
    return [`d${String(index).padStart(4, "0")}`, ref(`workflow:///${dependency}/`, { role: "main", filter })] as const;
  });
  return command(node.slug, {
    ...{ command: "true", fan: node.fan_mode ?? "single", inputs: Object.fromEntries(inputs), crashRetries: 0 },
    passthrough: passthrough.includes(node.plugin),
  });
}

export function toBindings(bindings: VectorNode["bindings"] = {}): Readonly<Record<string, Binding>> {
  return Object.fromEntries(
    Object.entries(bindings).map(([field, binding]) => {
      const when = binding.when ?? undefined;
      return [field, { ...toSource(field, binding), ...(when === undefined ? {} : { when }) }];
    }),
  );
}

function toSource(field: string, binding: VectorBinding): BindingSource {
  switch (binding.source) {
    case "previous_node":
      return { from: "artifact", node: binding.node, field: binding.key };
    case "config":
      return { from: "literal", value: binding.value };
    case "runtime": {
      const { key, label, placeholder, required, default: fallback } = binding;
      return { from: "input", field: key || field, label, placeholder, required, default: fallback };
    }
    case "expression":
      return { from: "expression", expression: binding.expression };
  }
}
