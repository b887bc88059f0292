/** Rows of texts under the names of their columns. */
export type Table = {
  /** `,`, `;`, a tab, `|`; a space for columns that are set apart by spaces. */
  readonly delimiter: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
};

/** Position of the first column with one of these names, in whatever case; -1 when there is none. */
export function columnOf({ columns }: Table, names: readonly string[]): number {
  return columns.findIndex((column) => names.includes(column.trim().toLowerCase()));
}

/**
 * A cell as a number; null when it is empty or no number. A single comma is a decimal one where the columns are not
 * set apart by commas.
 */
export function numberOf(text: string | undefined, delimiter: string): number | null {
  const trimmed = (text ?? "").trim();
  const plain = delimiter !== "," && /^[+-]?\d*,\d+$/.test(trimmed) ? trimmed.replace(",", ".") : trimmed;
  const value = Number(plain);
  return plain === "" || Number.isNaN(value) ? null : value;
}
