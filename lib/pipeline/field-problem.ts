/** A problem and the field of the node that has it; empty for the node as a whole. */
export type FieldProblem = { readonly field: string; readonly problem: string };
