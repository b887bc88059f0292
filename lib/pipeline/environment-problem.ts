import type { Binding } from "@/lib/pipeline/binding";
import type { NodeDefinition } from "@/lib/pipeline/definition";
import type { FieldProblem } from "@/lib/pipeline/field-problem";

/** Variables that decide how the shell itself starts, or that are ours. */
const reserved = /^(NEREUS_.*|LD_.*|PATH|HOME|LANG|SHELL|SHELLOPTS|BASHOPTS|BASH_ENV|ENV|IFS|PS4|PWD|NODE_OPTIONS)$/;

/** What is wrong with the variables of a command, and with a secret anywhere else; null when nothing is. */
export function environmentProblem(node: NodeDefinition): FieldProblem | null {
  if (node.kind === "program" || node.kind === "run") {
    const secret = secretsOf(node.params)[0];
    if (secret === undefined) return null;
    return { field: `parameter ${secret}`, problem: "only the environment of a command can hold a secret." };
  }
  for (const name of node.kind === "command" ? Object.keys(node.environment ?? {}) : []) {
    const field = `variable ${name}`;
    if (!/^[A-Z_][A-Z0-9_]{0,62}$/.test(name))
      return { field, problem: "a variable is named by A-Z, 0-9 and _, at most 63." };
    if (reserved.test(name)) return { field, problem: "this variable cannot be set." };
  }
  return null;
}

const secretsOf = (bindings: Readonly<Record<string, Binding>>): readonly string[] =>
  Object.entries(bindings).flatMap(([name, { from }]) => (from === "secret" ? [name] : []));
