import type { EventView, RunView } from "@/lib/dag/run-view";
import { isTerminalRun } from "@/lib/dag/state";
import { type CommandContext, sentence } from "@/server/cli/command-context";
import type { ServiceContext } from "@/server/services/context";
import { followEvents } from "@/server/services/runs/follow-events";
import { getRun } from "@/server/services/runs/get-run";

/**
 * Follows a run to its end and tells on stderr what happens.
 * @returns the run at its end, or as it was when the signal aborted
 */
export async function followRun(context: CommandContext, services: ServiceContext, runId: string): Promise<RunView> {
  const ended = new AbortController();
  const signal = AbortSignal.any([context.signal, ended.signal]);
  const published = new Map<string, number>();
  for await (const event of followEvents(services, { runId, after: 0, signal })) {
    const line = describe(context, event, published);
    if (line !== null) console.error(line);
    if (event.kind !== "run-state") continue;
    const run = await getRun(services, runId);
    if (isTerminalRun(run.state)) ended.abort();
  }
  return getRun(services, runId);
}

function describe(context: CommandContext, event: EventView, published: Map<string, number>): string | null {
  if (event.kind === "node-state")
    return sentence(context, "run", { key: "task", fields: { node: event.nodeId, state: event.data.state } });
  if (event.kind !== "step-published") return null;
  const product = String(event.data.productId);
  const steps = (published.get(product) ?? 0) + 1;
  published.set(product, steps);
  return sentence(context, "run", { key: "published", fields: { product, steps } });
}
