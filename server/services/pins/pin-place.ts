import { NereusError } from "@/lib/errors";
import { asId, type NodeId, type RunId } from "@/lib/ids";
import { readNodes } from "@/server/store/dag-state";
import type { Reader } from "@/server/store/reader";
import { findRun } from "@/server/store/run";

/** A run, or one of its steps. */
export type PinWish = { readonly runId: string; readonly node?: string };

/** @throws {NereusError} run-unknown, pin-node-unknown */
export async function findPinPlace(
  db: Reader,
  wish: PinWish,
): Promise<{ readonly runId: RunId; readonly nodeId: NodeId | null }> {
  const run = await findRun(db, asId<RunId>(wish.runId));
  if (run === null) throw new NereusError("run-unknown", { run: wish.runId });
  if (wish.node === undefined) return { runId: run.id, nodeId: null };
  const known = [...(await readNodes(db, run.id)).keys()];
  const nodeId = known.find((id) => id === wish.node);
  if (nodeId !== undefined) return { runId: run.id, nodeId };
  throw new NereusError("pin-node-unknown", { run: run.id, node: wish.node, known: known.join(", ") });
}
