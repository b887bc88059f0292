import type { TaskEffectKind } from "@/lib/dag/describe-changes";
import type { OperatorAction } from "@/lib/dag/operator-wish";

const actions: Record<OperatorAction, string> = {
  hold: "Hold",
  release: "Release",
  skip: "Skip",
  expire: "Expire",
  "set-output": "Set outputs",
  rerun: "Rerun",
  force: "Force",
  priority: "Priority",
  cancel: "Cancel",
};

/** What each action does, in one sentence. */
const explained: Record<OperatorAction, string> = {
  hold: "Nothing of it starts until it is released; what runs goes on.",
  release: "What was held may start.",
  skip: "Its tasks end without their work, and count as done without output.",
  expire: "Its tasks end as too late, and count as done without output.",
  "set-output": "The task counts as completed with files that exist already.",
  rerun: "It is done again; jobs under way are stopped.",
  force: "It starts with what is there, whatever it waits for.",
  priority: "Of the ready tasks of a pool, those with a higher number start first.",
  cancel: "Everything that has not ended is stopped.",
};

const effects: Record<TaskEffectKind, string> = {
  again: "{count} done again",
  make: "{count} new",
  replace: "{count} put aside; new ones take their place",
  hold: "{count} held",
  release: "{count} may start",
  skip: "{count} skipped",
  expire: "{count} expired",
  complete: "{count} completed",
  cancel: "{count} cancelled",
  priority: "{count} with another priority",
};

/** What operators do to runs, as asked and as told. */
export const operate = {
  actions,
  explained,
  effects,
  runChange: "Run: {from} → {to}",
  nodeChange: "{node}: {from} → {to}",
  nodeHeld: "{node}: new tasks are held",
  nodeReleased: "{node}: new tasks are no longer held",
  jobs: "Jobs that are stopped: {jobs}",
  wouldDo: "What it would do:",
  done: "Done to run {run}:",
  act: "Act",
  rerunFrom: "Rerun from {node}",
  step: "Step",
  theTask: "Task",
  retry: "Try again",
  retryText: "What failed, crashed or was cancelled is done again; what completed is kept.",
  downstream: "And everything that came of it",
  value: "Priority",
  artifact: "Id of the file that it is to count as having made",
  artifactHint: "The list of files of this or another run shows it.",
  previewTitle: "What will happen",
  previewWait: "Looking at what would happen",
  confirm: "Do it",
  asked: "Done.",
  whyTab: "Why",
  whyTasks: "{count} tasks: {names}",
  nothing: "Nothing holds it up.",
};
