import type { TaskState } from "@/lib/dag/state";

/** States of a task in DAGonStar. */
export const dagonStatuses = ["READY", "WAITING", "RUNNING", "FINISHED", "FAILED"] as const;
export type DagonStatus = (typeof dagonStatuses)[number];

/** The status that a text means, in letters of any size; null for none. */
export function readDagonStatus(text: unknown): DagonStatus | null {
  const wanted = String(text).trim().toUpperCase();
  return dagonStatuses.find((status) => status === wanted) ?? null;
}

const states: Readonly<Record<DagonStatus, TaskState>> = {
  READY: "ready",
  WAITING: "waiting",
  RUNNING: "running",
  FINISHED: "completed",
  FAILED: "failed",
};

/** The state that our screens show for it. */
export const taskStateOf = (status: DagonStatus): TaskState => states[status];
