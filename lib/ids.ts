/** Branded identifiers: a run id never passes for a task id. They are plain strings at run time. */

declare const brand: unique symbol;
type Branded<Name extends string> = string & { readonly [brand]: Name };

export type PipelineId = Branded<"PipelineId">;
export type RunId = Branded<"RunId">;
export type NodeId = Branded<"NodeId">;
export type TaskId = Branded<"TaskId">;
export type AttemptId = Branded<"AttemptId">;
export type ArtifactId = Branded<"ArtifactId">;
export type SiteId = Branded<"SiteId">;
export type ProductId = Branded<"ProductId">;
export type ScheduleId = Branded<"ScheduleId">;
export type UserId = Branded<"UserId">;
export type OrganisationId = Branded<"OrganisationId">;
/** Nominal UTC time of a routinary run, written `2026-07-01T00Z`. */
export type CyclePoint = Branded<"CyclePoint">;

/**
 * Brands a string that was just read from a trusted column or minted by us. Every other string is parsed first.
 */
export function asId<Id extends Branded<string>>(value: string): Id {
  return value as Id;
}
