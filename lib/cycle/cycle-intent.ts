import type { CyclePoint, RunId, ScheduleId } from "@/lib/ids";

/** What a schedule does with a cycle whose time has come while its last one still runs. */
export const overlaps = ["allow", "skip", "queue", "cancel-previous"] as const;
export type Overlap = (typeof overlaps)[number];

export type IntentState = "waiting" | "started" | "skipped";

/** Why a cycle waits or was left out; its sentence stands in the messages. */
export type HoldReason =
  | "overlap"
  | "runahead"
  | "backfill"
  | "paused"
  | "missed"
  | "superseded"
  | "removed"
  | "refused";

/** A cycle that waits to be started. */
export type WaitingCycle = {
  readonly cycle: CyclePoint;
  /** ISO 8601, UTC. */
  readonly dueAt: string;
  /** Null for a backfill. */
  readonly schedule: { readonly id: ScheduleId; readonly overlap: Overlap; readonly paused: boolean } | null;
  readonly backfill: { readonly id: string; readonly limit: number } | null;
};

/** A run of a cycle that has not ended. */
export type LiveCycle = {
  readonly cycle: CyclePoint;
  readonly runId: RunId;
  readonly scheduleId: ScheduleId | null;
  readonly backfillId: string | null;
  /** Somebody has asked for its end already. */
  readonly isCancelling: boolean;
};
