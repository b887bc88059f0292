import { NereusError } from "@/lib/errors";
import { asId, type NodeId, type RunId } from "@/lib/ids";
import { auditActor } from "@/server/services/audit-actor";
import type { Actor, ServiceContext } from "@/server/services/context";
import { demand } from "@/server/services/permissions";
import { findAccount } from "@/server/store/account";
import { addAudit } from "@/server/store/audit";
import type { Tx } from "@/server/store/database";
import { enqueue } from "@/server/store/enqueue";
import { decideGates } from "@/server/store/gate";
import { findRun } from "@/server/store/run";

export type GateDecision = "approved" | "rejected";

export type GateWish = {
  readonly runId: string;
  readonly node: string;
  /** Keys of its tasks; absent: all that wait. */
  readonly tasks?: readonly string[];
  readonly decision: GateDecision;
  readonly reason: string;
};

/**
 * Writes what a person decided about the tasks that wait at a gate; the worker lets them go on, or fails them with the
 * reason. A task is decided once.
 * @returns how many tasks were decided
 * @throws {NereusError} run-unknown, gate-not-waiting, not-permitted
 */
export async function decideGate(ctx: ServiceContext, wish: GateWish): Promise<{ readonly decided: number }> {
  const { decision, reason } = wish;
  demand(ctx.actor, "decide at gates");
  return ctx.db.transaction(async (tx) => {
    const run = await findRun(tx, asId<RunId>(wish.runId));
    if (run === null) throw new NereusError("run-unknown", { run: wish.runId });
    const nodeId = asId<NodeId>(wish.node);
    const at = ctx.now();
    const record = { decision, by: await nameOf(tx, ctx.actor), reason, at: at.toISOString() };
    const keys = await decideGates(tx, { runId: run.id, nodeId, keys: wish.tasks, record, at });
    if (keys.length === 0) throw new NereusError("gate-not-waiting", { run: run.id, node: wish.node });
    const verb = decision === "approved" ? "approve a gate" : "reject a gate";
    await addAudit(tx, {
      ...{ ...auditActor(ctx.actor), verb, subject: run.id, reason },
      detail: { node: wish.node, tasks: keys },
    });
    await enqueue(tx, "watch");
    return { decided: keys.length };
  });
}

/** As the record of the gate names who decided. */
async function nameOf(tx: Tx, actor: Actor): Promise<string> {
  if (actor.kind !== "user") return "host";
  return (await findAccount(tx, actor.userId))?.name ?? actor.userId;
}
