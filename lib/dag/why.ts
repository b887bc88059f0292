import type { DagNode } from "@/lib/dag/dag-state";
import type { GraphNode } from "@/lib/dag/graph";
import {
  isTerminalNode,
  isTerminalRun,
  isTerminalTask,
  type NodeState,
  type RunState,
  type TaskState,
} from "@/lib/dag/state";
import type { NodeId } from "@/lib/ids";

/**
 * Why a run, a node or a task is where it is; its sentence stands in `lib/messages/en/why.ts` under its kind. Times are
 * ISO 8601 UTC. A new kind of waiting adds its kind here and its sentence there.
 */
export type WhyReason =
  | { readonly kind: "ended"; readonly state: string; readonly reason: string }
  | {
      readonly kind: "run-held" | "node-held" | "task-held";
      readonly by: string;
      readonly at: string;
      readonly reason: string;
    }
  | { readonly kind: "held-by-pipeline" }
  | { readonly kind: "run-cancelling"; readonly reason: string }
  | { readonly kind: "no-worker" }
  | {
      readonly kind: "upstream";
      readonly node: string;
      readonly state: NodeState;
      readonly left: number;
      readonly total: number;
    }
  | { readonly kind: "other-run"; readonly input: string; readonly workflow: string; readonly cycle: string }
  | { readonly kind: "deadline"; readonly input: string; readonly at: string }
  | { readonly kind: "tasks"; readonly left: number; readonly total: number }
  | { readonly kind: "planner" }
  | {
      readonly kind: "pool-full";
      readonly pool: string;
      readonly site: string;
      readonly taken: number;
      readonly slots: number;
    }
  | { readonly kind: "no-site"; readonly pool: string }
  | { readonly kind: "queue"; readonly ahead: number; readonly pool: string }
  | { readonly kind: "next-look" }
  | { readonly kind: "retry-at"; readonly at: string; readonly reason: string }
  /** It waits as a row; the words are those of the last look. */
  | { readonly kind: "waits-for"; readonly what: string }
  | { readonly kind: "preparing"; readonly site: string }
  | { readonly kind: "queued-at-site"; readonly site: string; readonly since: string }
  | { readonly kind: "queue-says"; readonly what: string }
  | { readonly kind: "at-work"; readonly site: string; readonly since: string };

/** An operator's hold, newest first in lists; `tasks` are keys, null for the whole node, `node` null for the whole run. */
export type Hold = {
  readonly node: string | null;
  readonly tasks: readonly string[] | null;
  readonly by: string;
  readonly at: string;
  readonly reason: string;
};

export type PoolUse = { readonly site: string; readonly pool: string; readonly taken: number; readonly slots: number };

/** What is known of the whole run when one asks why. */
export type WhyRun = {
  readonly state: RunState;
  readonly reason: string | null;
  readonly cancelReason: string | null;
  readonly hasWorker: boolean;
  readonly nodes: ReadonlyMap<NodeId, DagNode>;
  readonly holds: readonly Hold[];
  readonly pools: readonly PoolUse[];
  /** Deadlines of inputs that have not passed. */
  readonly deadlines: readonly { readonly nodeId: NodeId; readonly input: string; readonly at: string }[];
};

export type WhyTask = {
  readonly key: string;
  readonly state: TaskState;
  readonly pool: string;
  readonly reason: string | null;
  /** What a task that waits as a row waits for; null for one that is a job. */
  readonly waitsFor: string | null;
  readonly dueAt: string | null;
  /** Ready tasks of its pool that come before it, whatever their run. */
  readonly ahead: number;
  readonly attempt: { readonly site: string; readonly since: string } | null;
};

/** What holds up the whole run; empty when nothing does. */
export function whyRun(run: WhyRun): readonly WhyReason[] {
  if (isTerminalRun(run.state)) return [{ kind: "ended", state: run.state, reason: run.reason ?? "" }];
  const reasons: WhyReason[] = [];
  if (run.cancelReason !== null) reasons.push({ kind: "run-cancelling", reason: run.cancelReason });
  if (run.state === "held") {
    const hold = run.holds.find(({ node }) => node === null);
    reasons.push({
      kind: "run-held",
      by: hold?.by ?? "",
      at: hold?.at ?? "",
      reason: hold?.reason ?? run.reason ?? "",
    });
  }
  if (!run.hasWorker) reasons.push({ kind: "no-worker" });
  return reasons;
}

/** What a node waits for: nodes before it, deadlines, its own tasks, whoever holds it. */
export function whyNode(run: WhyRun, node: GraphNode): readonly WhyReason[] {
  const own = run.nodes.get(node.id);
  const state = own?.state ?? "waiting";
  if (isTerminalNode(state)) return [{ kind: "ended", state, reason: "" }];
  const held = own?.held
    ? [
        heldBy(
          "node-held",
          run.holds.find((hold) => hold.node === node.id && hold.tasks === null),
        ),
      ]
    : [];
  if (state === "running") return [...held, { kind: "tasks", left: own?.tasksLeft ?? 0, total: own?.tasksTotal ?? 0 }];
  const upstream = node.upstream.flatMap((id): readonly WhyReason[] => {
    const before = run.nodes.get(id);
    if (before !== undefined && isTerminalNode(before.state)) return [];
    const { state: where = "waiting", tasksLeft: left = 0, tasksTotal: total = 0 } = before ?? {};
    return [{ kind: "upstream", node: id, state: where, left, total }];
  });
  const others = node.inputs.flatMap(({ name, external }): readonly WhyReason[] =>
    external === null
      ? []
      : [{ kind: "other-run", input: name, workflow: external.workflow ?? "", cycle: external.cycleOffset ?? "" }],
  );
  const deadlines = run.deadlines
    .filter(({ nodeId }) => nodeId === node.id)
    .map(({ input, at }): WhyReason => ({ kind: "deadline", input, at }));
  const all = [...held, ...upstream, ...others, ...deadlines];
  return all.length > 0 ? all : [{ kind: "planner" }];
}

/** What a task waits for, or where it is at work. */
export function whyTask(run: WhyRun, node: GraphNode, task: WhyTask): readonly WhyReason[] {
  if (isTerminalTask(task.state)) return [{ kind: "ended", state: task.state, reason: task.reason ?? "" }];
  const site = task.attempt?.site ?? "";
  const since = task.attempt?.since ?? "";
  switch (task.state) {
    case "waiting":
      if (node.waitsFor !== null) return [{ kind: "waits-for", what: task.waitsFor ?? "" }];
      return [{ kind: "retry-at", at: task.dueAt ?? "", reason: task.reason ?? "" }];
    case "held":
      return [whyHeld(run, node, task)];
    case "staging":
      return [{ kind: "preparing", site }];
    case "submitted":
      return [
        { kind: "queued-at-site", site, since },
        ...(task.reason === null ? [] : [{ kind: "queue-says" as const, what: task.reason }]),
      ];
    case "running":
      return [{ kind: "at-work", site, since }];
    default:
      return whyReady(run, task);
  }
}

function whyHeld(run: WhyRun, node: GraphNode, task: WhyTask): WhyReason {
  const own = run.holds.find((hold) => hold.node === node.id && hold.tasks?.some((key) => isKeyOf(key, node, task)));
  if (own !== undefined) return heldBy("task-held", own);
  const whole = run.holds.find((hold) => hold.node === node.id && hold.tasks === null);
  if (whole !== undefined || run.nodes.get(node.id)?.held) return heldBy("node-held", whole);
  return { kind: "held-by-pipeline" };
}

/** A lone task is also meant by the name of its node. */
const isKeyOf = (key: string, node: GraphNode, task: WhyTask): boolean =>
  key === task.key || (task.key === "" && key === node.id);

const heldBy = (kind: "node-held" | "task-held", hold: Hold | undefined): WhyReason => ({
  ...{ kind, by: hold?.by ?? "", at: hold?.at ?? "", reason: hold?.reason ?? "" },
});

/** It starts where its pool has room; a pool may be at several sites. */
function whyReady(run: WhyRun, task: WhyTask): readonly WhyReason[] {
  const run0 = whyRun(run);
  if (run0.length > 0) return run0;
  const places = run.pools.filter(({ pool }) => pool === task.pool);
  if (places.length === 0) return [{ kind: "no-site", pool: task.pool }];
  const isFull = places.every(({ taken, slots }) => taken >= slots);
  const full = isFull ? places.map((use): WhyReason => ({ kind: "pool-full", ...use })) : [];
  const queue: readonly WhyReason[] = task.ahead > 0 ? [{ kind: "queue", ahead: task.ahead, pool: task.pool }] : [];
  const all = [...full, ...queue];
  return all.length > 0 ? all : [{ kind: "next-look" }];
}
