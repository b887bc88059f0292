import { NereusError } from "@/lib/errors";
import { asId, type NodeId, type RunId } from "@/lib/ids";
import { readNodes } from "@/server/store/dag-state";
import type { Tx } from "@/server/store/database";
import { lockRun } from "@/server/store/run";

/** A run, or one of its steps. */
export type PinWish = { readonly runId: string; readonly node?: string };

/**
 * The run is held, so that it is not forgotten before the pin counts.
 * @throws {NereusError} run-unknown, pin-node-unknown
 */
export async function findPinPlace(
  tx: Tx,
  wish: PinWish,
): Promise<{ readonly runId: RunId; readonly nodeId: NodeId | null }> {
  const run = await lockRun(tx, asId<RunId>(wish.runId));
  if (run === null) throw new NereusError("run-unknown", { run: wish.runId });
  if (wish.node === undefined) return { runId: run.id, nodeId: null };
  const known = [...(await readNodes(tx, run.id)).keys()];
  const nodeId = known.find((id) => id === wish.node);
  if (nodeId !== undefined) return { runId: run.id, nodeId };
  throw new NereusError("pin-node-unknown", { run: run.id, node: wish.node, known: known.join(", ") });
}
