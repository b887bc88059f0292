import type { RunState, TaskState } from "@/lib/dag/state";
import type { DagonStatus } from "@/lib/external/dagon-status";

export type Fields = Readonly<Record<string, unknown>>;

/** What a report told. */
export type ExternalChange = "created" | "task" | "status" | "attribute" | "dependency" | "subscribed";

/** A run of another system in a list. Times are ISO 8601 UTC. */
export type ExternalRunSummary = {
  readonly id: string;
  readonly name: string;
  /** Label of the token that it reports with. */
  readonly reporter: string;
  readonly state: RunState;
  readonly tasksTotal: number;
  readonly tasksDone: number;
  readonly createdAt: string;
  readonly updatedAt: string;
};

export type ExternalTaskView = {
  readonly name: string;
  readonly state: TaskState;
  readonly type: string | null;
  readonly prevs: readonly string[];
  readonly updatedAt: string;
  /** Null for people who may not read logs. */
  readonly details: { readonly command: string | null; readonly workingDir: string | null } | null;
};

export type ExternalEventView = {
  readonly id: number;
  readonly at: string;
  readonly task: string | null;
  readonly kind: ExternalChange;
  /** The new status, or `attribute=value`; null for people who may not read logs, where it is no status. */
  readonly text: string | null;
};

export type ExternalRunView = ExternalRunSummary & {
  readonly host: string | null;
  readonly tasks: readonly ExternalTaskView[];
  /** The newest changes, newest first. */
  readonly history: readonly ExternalEventView[];
};

/**
 * The state of a run by those of its tasks: DAGonStar itself tells none. Failed only once nothing can go on, since other
 * branches do.
 */
export function externalRunState(counts: ReadonlyMap<DagonStatus, number>): RunState {
  const of = (status: DagonStatus) => counts.get(status) ?? 0;
  const open = of("READY") + of("WAITING");
  const ended = of("FINISHED") + of("FAILED");
  if (of("RUNNING") > 0) return "running";
  if (ended === 0) return "pending";
  if (of("FAILED") > 0 && of("READY") === 0) return "failed";
  return open > 0 ? "running" : "completed";
}
