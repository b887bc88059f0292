/** A pipeline that a schedule can start. */
export type RoutinePipeline = { readonly id: string; readonly title: string };
