import { NereusError } from "@/lib/errors";
import type { WebNode } from "@/lib/pipeline/definition";
import { addressOf } from "@/lib/pipeline/web-bindings";
import { resolveWebJob } from "@/lib/web/resolve-web-job";
import type { WebJob } from "@/lib/web/web-job";
import type { Engine, Site } from "@/server/engine/engine";
import type { PlannedInput } from "@/server/engine/plan-inputs";
import { scratchNames } from "@/server/executors/runner";
import { type AttemptRef, countAnswered } from "@/server/store/attempt";

/**
 * What the attempt of a web node asks. Its key stays the same for all attempts of the task until a server has clearly
 * refused: whatever broke before, asking again is the same request, also after an answer that was granted but could not be
 * used. What an operator asks for anew is another one.
 * @throws {NereusError} web-not-here, web-request-invalid, secret-unknown, input-missing
 */
export async function webJobOf(
  engine: Engine,
  site: Site,
  of: {
    readonly node: WebNode;
    readonly attempt: AttemptRef;
    readonly params: Readonly<Record<string, unknown>>;
    readonly inputs: readonly PlannedInput[];
  },
): Promise<WebJob> {
  const { node, attempt, params, inputs } = of;
  if (site.connection.kind !== "local" || site.runner.name !== "process")
    throw new NereusError("web-not-here", { node: node.id, site: site.id });
  const secret = secretOf(engine, node);
  const answered = await countAnswered(engine.db, attempt);
  return resolveWebJob(node, {
    ...{ values: params, secret, key: `nereus-${attempt.taskId}-${answered + 1}` },
    fileOf: (name) => {
      const [file, second] = inputs.find((input) => input.name === name)?.staged ?? [];
      if (file === undefined || second !== undefined)
        throw new NereusError("web-request-invalid", { node: node.id, problem: `input ${name} is not one file` });
      return `${attempt.scratch}/${scratchNames.inputs}/${file.to}`;
    },
  });
}

function secretOf(engine: Engine, node: WebNode): string | null {
  const { auth } = addressOf(node);
  if (auth === null) return null;
  const value = engine.secretOf(auth.secret);
  if (value === null) throw new NereusError("secret-unknown", { node: node.id, secret: auth.secret });
  return value;
}
