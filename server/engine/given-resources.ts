import type { JobNode } from "@/lib/pipeline/definition";
import type { Engine, Site } from "@/server/engine/engine";
import type { AttemptRef } from "@/server/store/attempt";
import { readFailuresOfTask } from "@/server/store/attempt-failure";

/** What a task that had too little of something is given more of, each time. Source: EXECUTION.md, section 11. */
const growth = 1.5;
/** Without a cap of the site, how many times what its node asks for an attempt gets at most. */
const mostGrowth = 4;

export type GivenResources = {
  readonly memoryMb: number;
  readonly timeoutSeconds: number;
  /** Nodes of the cluster where this task has failed through no fault of its own. */
  readonly excludeHosts: readonly string[];
};

/**
 * What an attempt may take: what its node says; after it ran out of time or memory more of it, up to the site's cap, and
 * after a node of the cluster failed any other node. The first attempt costs no look.
 */
export async function givenResources(
  engine: Pick<Engine, "db">,
  site: Pick<Site, "caps">,
  what: { readonly attempt: Pick<AttemptRef, "taskId" | "generation" | "number">; readonly node: JobNode },
): Promise<GivenResources> {
  const { attempt, node } = what;
  const { memoryMb, timeoutSeconds } = node;
  if (attempt.number === 1) return { memoryMb, timeoutSeconds, excludeHosts: [] };
  const before = await readFailuresOfTask(engine.db, attempt);
  const times = (failure: "timeout" | "out-of-memory") => before.filter((row) => row.failure === failure).length;
  const hosts = before.flatMap(({ failure, host }) => (failure === "node-failed" && host !== null ? [host] : []));
  return {
    memoryMb: grow(memoryMb, times("out-of-memory"), site.caps?.memoryMb),
    timeoutSeconds: grow(timeoutSeconds, times("timeout"), site.caps?.timeoutSeconds),
    // The last one only: a task that has met three bad nodes must not run out of nodes.
    excludeHosts: hosts.slice(-1),
  };
}

/** Never less than what was asked for, whatever the cap. */
function grow(asked: number, times: number, cap = asked * mostGrowth): number {
  return Math.max(asked, Math.min(Math.ceil(asked * growth ** times), cap));
}
