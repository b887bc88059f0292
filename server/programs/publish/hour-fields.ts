/** What one hour of a model holds of a product: valid time, and by variable the whole grid, row 0 south, NaN = none. */
export type HourFields = {
  readonly validAtUtc: string;
  readonly values: Readonly<Record<string, Float32Array>>;
};
