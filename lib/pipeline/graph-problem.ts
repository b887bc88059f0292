/** Why nodes do not make a graph that can run. */
export type GraphProblem = {
  readonly code:
    | "empty-pipeline"
    | "duplicate-slug"
    | "reserved-slug"
    | "unknown-dependency"
    | "self-dependency"
    | "repeated-dependency"
    | "too-many-edges"
    | "cycle"
    | "binding-not-dependency"
    | "expression-invalid"
    | "input-unknown";
  /** `node publish, input hour` */
  readonly place: string;
  /** A sentence with the cure. */
  readonly problem: string;
};

export type GraphLimits = {
  /** Inputs and `after` of one node. */
  readonly edges: number;
};
