import { z } from "zod";
import { NereusError } from "@/lib/errors";
import { renderError } from "@/lib/messages/render-error";
import type { GateNode } from "@/lib/pipeline/definition";
import type { Look, WaitScene } from "@/server/engine/waits/look";

/** What a person decided, as the service writes it into the row. */
const decisionSchema = z.object({
  decision: z.enum(["approved", "rejected"]),
  by: z.string(),
  reason: z.string(),
  at: z.string(),
});

/** Waits for a person; only a decision or the deadline wakes it. */
export function lookAtGate({ wait, node }: WaitScene<GateNode>): Look {
  const decided = decisionSchema.safeParse(wait.found);
  if (!decided.success) return { kind: "wait", dueAt: null, reason: `it waits for an approval: ${node.title.en}` };
  const { decision, by, reason } = decided.data;
  if (decision === "approved") return { kind: "found", record: decided.data };
  const rejected = new NereusError("gate-rejected", { node: node.id, who: by, reason });
  return { kind: "failed", reason: renderError(rejected, "en") };
}
