import type { Pipe } from "@/lib/expression/pipe";

/** An expression that has been read: text, references and calls in their order. */
export type Expression = readonly Piece[];

export type Piece =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "reference"; readonly reference: FieldReference; readonly pipes: readonly PipeCall[] }
  | { readonly kind: "list"; readonly references: readonly FieldReference[]; readonly pipes: readonly PipeCall[] };

/** `namespace.key`: a field of a node's artifacts, of the run input or of the node's configuration. */
export type FieldReference = { readonly namespace: string; readonly key: string };

export type PipeCall = { readonly apply: Pipe["apply"]; readonly args: readonly string[] };
