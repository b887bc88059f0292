/** A field whose nodes are the centres of a grid's cells: row 0 in the south, NaN where there is no value. */
export type NodeField = { readonly nX: number; readonly nY: number; readonly values: Float64Array };

/** Values v with `from` <= v < `below`; either may be infinite. */
export type Band = { readonly from: number; readonly below: number };

/** A place between nodes: fractional column and row. */
export type IndexPoint = readonly [x: number, y: number];

/** A ring in index space, its first point not repeated at the end. */
export type IndexRing = readonly IndexPoint[];

/** Outer ring against the clock, holes with it. */
export type IndexPolygon = { readonly outer: IndexRing; readonly holes: readonly IndexRing[] };
