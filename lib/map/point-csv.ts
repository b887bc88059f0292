import type { ProductDescription } from "@/lib/map/product";

/** One column of a table of hours: a quantity with its unit, one number an hour. */
export type PointColumn = {
  readonly name: string;
  readonly unit: string;
  /** null where there is no data, undefined where the hour has not been published. */
  readonly values: readonly (number | null | undefined)[];
  /** Digits after the point. */
  readonly decimals: number;
};

/**
 * The hours of a place as CSV (RFC 4180, points in numbers, empty where there is no value), with lines before it that
 * begin with `#` and tell what it is: product, run, place, licence.
 * @param place degrees, and the cell whose numbers these are
 */
export function pointCsv(
  description: Pick<
    ProductDescription,
    "productId" | "runId" | "generation" | "times" | "licence" | "citation" | "demonstration"
  >,
  place: { readonly lat: number; readonly lon: number; readonly cell: { readonly x: number; readonly y: number } },
  columns: readonly PointColumn[],
): string {
  const { productId, runId, generation, times, licence, citation } = description;
  const notes = [
    `product ${productId}, run ${runId}, generation ${generation}`,
    `place ${place.lat.toFixed(4)} N ${place.lon.toFixed(4)} E, cell ${place.cell.x} ${place.cell.y}`,
    `${licence}; ${citation}`,
    ...(description.demonstration ? ["demonstration data: made up, not a forecast"] : []),
  ];
  const head = ["time_utc", ...columns.map(({ name, unit }) => quoted(`${name} (${unit})`))];
  const rows = times.map((time, hour) => [
    time,
    ...columns.map(({ values, decimals }) => {
      const value = values[hour];
      return value === null || value === undefined ? "" : value.toFixed(decimals);
    }),
  ]);
  const lines = [
    ...notes.map((note) => `# ${note.replace(/\s+/g, " ")}`),
    head.join(","),
    ...rows.map((row) => row.join(",")),
  ];
  return `${lines.join("\r\n")}\r\n`;
}

const quoted = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text);
