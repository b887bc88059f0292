import { NereusError } from "@/lib/errors";
import { canonicalJson } from "@/lib/pipeline/canonical-json";
import type { CommandNode } from "@/lib/pipeline/definition";
import type { Engine, Site } from "@/server/engine/engine";

/** Variables of a command; `secrets` apart, since they must not be written anywhere. */
export type CommandEnvironment = {
  readonly environment: Readonly<Record<string, string>>;
  readonly secrets: Readonly<Record<string, string>>;
};

/**
 * The variables of a command from its resolved bindings: text as it is, anything else as JSON, nothing for no value. Secrets
 * only go where no file carries the environment: to processes of this machine.
 * @throws {NereusError} secret-unknown, secret-not-carried
 */
export function commandEnvironment(
  engine: Pick<Engine, "secretOf">,
  site: Site,
  of: { readonly node: CommandNode; readonly values: Readonly<Record<string, unknown>> },
): CommandEnvironment {
  const { node, values } = of;
  const isSet = ([, value]: readonly [string, unknown]) => value !== null && value !== undefined;
  const environment = Object.entries(values)
    .filter(isSet)
    .map(([name, value]) => [name, typeof value === "string" ? value : canonicalJson(value)] as const);
  const secrets = Object.entries(node.environment ?? {}).flatMap(([variable, binding]) => {
    if (binding.from !== "secret") return [];
    const { name } = binding;
    if (site.connection.kind !== "local" || site.runner.name !== "process")
      throw new NereusError("secret-not-carried", { node: node.id, secret: name, site: site.id });
    const value = engine.secretOf(name);
    if (value === null) throw new NereusError("secret-unknown", { node: node.id, secret: name });
    return [[variable, value] as const];
  });
  return { environment: Object.fromEntries(environment), secrets: Object.fromEntries(secrets) };
}
