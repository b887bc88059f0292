/** Why the work of a task was taken over from an earlier attempt, or done. Fields stand in braces. */
export const reuse = {
  reused:
    "Taken over from attempt {attempt} of run {run}, which ended {at}: nothing that its result depends on differs.",
  first: "Done: no earlier attempt of this step is known.",
  again: "Done again: it was asked for, or an attempt before it in this run counted no more.",
  changed: "Done: compared with attempt {attempt} of run {run} ({at}) this differs: {changes}.",
  unfinished: "Done: attempt {attempt} of run {run} ({at}) was the same, but has not ended well.",
  "outputs-gone": "Done: {path} of the same attempt {attempt} of run {run} ({at}) is not there any more as it was.",
  "input-changed": "Done: its input {path} changed after it was committed, so it equals no other.",
  changedTo: "{component}: {before} → {after}",
  added: "{component}: new ({after})",
  removed: "{component}: gone (was {before})",
  more: "{count} more",
};

/** The English dictionary is the shape that every language fills. */
export type ReuseMessages = { [Key in keyof typeof reuse]: string };
