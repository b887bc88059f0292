/** Which artifacts an edge lets through: all rules must match, then `select` keeps one. */
export type ArtifactFilter = {
  readonly rules: readonly FilterRule[];
  /** By size; artifacts of unknown size do not take part, the first wins a tie. */
  readonly select?: "largest" | "smallest";
};

export type FilterRule = {
  /** `file_type`, `extension`, `file_size`, `file_name`, `mime_type`, else the name of one metadata key. */
  readonly field: string;
  readonly operator: FilterOperator;
  readonly value?: unknown;
};

export type FilterOperator =
  | "eq"
  | "neq"
  | "gt"
  | "gte"
  | "lt"
  | "lte"
  | "in"
  | "not_in"
  | "contains"
  | "not_contains"
  | "starts_with"
  | "ends_with"
  | "exists"
  | "not_exists";
