import type { AttemptState, Completeness, NodeState, RunState, TaskState } from "@/lib/dag/state";

/** Everything that carries a state on screen, the states of a published product included. */
export type ShownState = RunState | NodeState | TaskState | AttemptState | Completeness;
type Look = { readonly letter: string; readonly outline: "solid" | "outline" | "dashed"; readonly family: string };

const looks: Record<ShownState, Look> = {
  pending: { letter: "W", outline: "outline", family: "waiting" },
  waiting: { letter: "W", outline: "outline", family: "waiting" },
  ready: { letter: "Y", outline: "outline", family: "ready" },
  staging: { letter: "G", outline: "outline", family: "staging" },
  submitted: { letter: "Q", outline: "outline", family: "submitted" },
  running: { letter: "R", outline: "solid", family: "running" },
  completed: { letter: "C", outline: "solid", family: "completed" },
  complete: { letter: "C", outline: "solid", family: "completed" },
  ended: { letter: "C", outline: "solid", family: "completed" },
  partial: { letter: "P", outline: "solid", family: "partial" },
  failed: { letter: "F", outline: "solid", family: "failed" },
  crashed: { letter: "X", outline: "solid", family: "crashed" },
  lost: { letter: "X", outline: "solid", family: "crashed" },
  cancelled: { letter: "K", outline: "outline", family: "cancelled" },
  interrupted: { letter: "K", outline: "outline", family: "cancelled" },
  fenced: { letter: "K", outline: "outline", family: "cancelled" },
  skipped: { letter: "S", outline: "dashed", family: "skipped" },
  filtered: { letter: "I", outline: "dashed", family: "filtered" },
  expired: { letter: "E", outline: "outline", family: "expired" },
  held: { letter: "H", outline: "solid", family: "held" },
};

/** Letter, outline and colour family of a state. Never colour alone: the letter is always drawn. */
export const lookOf = (state: ShownState): Look => looks[state];

/** State of a run as people read it: a completed run that lacks hours is partial. */
export function shownRunState(run: {
  readonly state: RunState;
  readonly completeness: Completeness | null;
}): ShownState {
  return run.state === "completed" && run.completeness === "partial" ? "partial" : run.state;
}
