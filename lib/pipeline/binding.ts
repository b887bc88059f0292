/** Where a field's value comes from when the task starts; with `when`, only where that expression is not false. */
export type Binding = BindingSource & { readonly when?: string };

export type BindingSource =
  /** An empty text is no value. */
  | { readonly from: "literal"; readonly value: unknown }
  | InputBinding
  | { readonly from: "run"; readonly field: RunField }
  /** A field over those artifacts of a node waited for that the task sees: of the file, else a key of the metadata. */
  | { readonly from: "artifact"; readonly node: string; readonly field: string }
  | { readonly from: "expression"; readonly expression: string }
  /** A variable of the worker's environment that the host lets pipelines have; only for the environment of a command. */
  | { readonly from: "secret"; readonly name: string };

/** A field of the run input, and how the form of a run asks for it. */
export type InputBinding = {
  readonly from: "input";
  readonly field: string;
  /** Used where the run input has no such key. */
  readonly default?: unknown;
  readonly label?: string;
  readonly placeholder?: string;
  readonly required?: boolean;
};

export type RunField = "id" | "cycle" | "generation" | "createdAt";
