/** One statement binds at most 65,535 values; rows of up to 13 columns fit. */
const rowsInStatement = 5000;

/** Rows to insert, as many at a time as one statement takes. */
export function* inSlices<T>(rows: readonly T[]): Generator<T[]> {
  for (let from = 0; from < rows.length; from += rowsInStatement) yield rows.slice(from, from + rowsInStatement);
}
