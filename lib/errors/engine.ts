/** Definitions, runs and schedules: failures of planning and control. */
export type EngineErrors = {
  "input-invalid": { field: string; problem: string };
  "host-file-not-allowed": { field: string };
  "pipeline-unknown": { pipeline: string; known: string };
  "run-unknown": { run: string };
  "run-already-ended": { run: string; state: string };
  "attempt-unknown": { attempt: string };
  "program-not-bundled": { program: string; folder: string };
  "task-lost": { node: string; site: string };
  "task-timed-out": { node: string; seconds: number };
  "task-out-of-memory": { node: string; memoryMb: number };
  "task-stopped": { node: string; site: string };
  "definition-invalid": { pipeline: string; place: string; problem: string };
  "reference-invalid": { text: string; place: string; problem: string };
  "fan-out-too-wide": { node: string; count: number; limit: number };
  "schedule-kind": { pipeline: string };
  "schedule-unknown": { schedule: string };
  "cron-invalid": { cron: string; problem: string };
  "time-zone-unknown": { timeZone: string };
  "recurrence-invalid": { recurrence: string; problem: string };
  "cycle-invalid": { text: string };
  "backfill-range": { from: string; to: string; count: number; limit: number };
  "backfill-schedule": { pipeline: string; schedules: string };
};
