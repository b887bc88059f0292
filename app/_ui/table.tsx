import type { ReactNode } from "react";

export type Column<Row> = {
  readonly key: string;
  readonly title: ReactNode;
  readonly isNumber?: boolean;
  readonly cell: (row: Row) => ReactNode;
};

type Props<Row> = {
  /** Names the table for those who do not see it. */
  caption: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string;
  isSelected?: (row: Row) => boolean;
};

/** Rows parted by hairlines; on a phone each row becomes label and value lines. Roles survive the change of layout. */
export function Table<Row>({ caption, columns, rows, rowKey, isSelected }: Props<Row>) {
  return (
    <table className="w-full border-collapse text-sm max-md:block">
      <caption className="sr-only">{caption}</caption>
      <thead className="max-md:sr-only">
        <tr>
          {columns.map((column) => (
            <th
              key={column.key}
              scope="col"
              className={`whitespace-nowrap border-line-2 border-b px-3 py-2 font-medium text-ink-3 text-xs first:pl-5 last:pr-5 ${column.isNumber ? "text-right" : "text-left"}`}
            >
              {column.title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody className="max-md:block">
        {rows.map((row) => (
          <tr
            key={rowKey(row)}
            aria-current={isSelected?.(row) ? "true" : undefined}
            className="border-line border-b aria-[current]:bg-accent-tint max-md:block max-md:px-4 max-md:py-2 md:hover:bg-surface-2 md:aria-[current]:hover:bg-accent-tint"
          >
            {columns.map((column) => (
              <td
                key={column.key}
                className={`px-3 py-2 align-middle first:pl-5 last:pr-5 max-md:flex max-md:has-[>span:last-child:empty]:hidden max-md:min-h-8 max-md:items-center max-md:justify-between max-md:gap-4 max-md:px-0 max-md:py-1 max-md:text-right max-md:first:pl-0 max-md:last:pr-0 ${column.isNumber ? "text-right" : ""}`}
              >
                <span aria-hidden="true" className="flex-none text-ink-3 text-xs md:hidden">
                  {column.title}
                </span>
                <span className="min-w-0 max-md:break-words">{column.cell(row)}</span>
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
