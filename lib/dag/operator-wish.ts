/** What an operator can ask of a run, of one of its nodes, or of some tasks. Source: ENGINE.md, section 4. */
export const operatorActions = [
  "hold",
  "release",
  "skip",
  "expire",
  "set-output",
  "rerun",
  "force",
  "priority",
  "cancel",
] as const;
export type OperatorAction = (typeof operatorActions)[number];

/** What it is about: the whole run, a node of it, or tasks of that node by their keys (empty for a lone task). */
export type OperatorTarget = { readonly node?: string; readonly tasks?: readonly string[] };

/** A file that is to count as an output: one of this machine, or one that a task of any run has committed. */
export type WantedOutput =
  | { readonly kind: "file"; readonly file: string; readonly path: string }
  | { readonly kind: "artifact"; readonly artifactId: string };

export type OperatorWish = OperatorTarget & {
  readonly action: OperatorAction;
  /** Of a rerun: everything that came of the node as well. */
  readonly downstream?: boolean;
  /** Of a priority: tasks with a higher one start first. */
  readonly value?: number;
  /** Of set-output. */
  readonly outputs?: readonly WantedOutput[];
};

/** Most that a priority may be, up or down; the database keeps it as a whole number. */
export const greatestPriority = 1_000_000;

/** What an action can be about: `run` the whole of it, `node` also some of its tasks. */
export const targetsOf: Readonly<Record<OperatorAction, readonly ("run" | "node" | "tasks")[]>> = {
  hold: ["run", "node", "tasks"],
  release: ["run", "node", "tasks"],
  skip: ["node", "tasks"],
  expire: ["node", "tasks"],
  "set-output": ["tasks"],
  rerun: ["run", "node", "tasks"],
  force: ["node"],
  priority: ["run", "node", "tasks"],
  cancel: ["run"],
};
