import type { Table } from "@/lib/formats/text/table";

const delimiters = [",", ";", "\t", "|"];
/** Rows by which text is known to be a table. */
const probeRows = 50;

/**
 * Reads text as a table: delimited (quotes may hold delimiters and line ends), else columns set apart by spaces. The
 * first row with the usual number of columns names them.
 * @returns null where most rows do not have the same number of columns, two or more
 * Source: RFC 4180 for quotes.
 */
export function parseTable(text: string): Table | null {
  const plain = text.replace(/^\ufeff/, "");
  for (const delimiter of delimiters.filter((one) => firstLine(plain).includes(one))) {
    const rows = splitRows(plain, delimiter);
    if (isTable(rows)) return toTable(rows, delimiter);
  }
  const rows = plain
    .split(/\r?\n/)
    .map((line) => line.trim().split(/\s+/))
    .filter((row) => row.length > 1);
  const from = rows.findIndex((row, at) => isHeading(row, rows.slice(at + 1, at + 6)));
  return from < 0 || !isTable(rows.slice(from)) ? null : toTable(rows.slice(from), " ");
}

function firstLine(text: string): string {
  return (
    text
      .slice(0, 10_000)
      .split(/\r?\n/)
      .find((line) => line.trim() !== "") ?? ""
  );
}

function isTable(rows: readonly (readonly string[])[]): boolean {
  const probed = rows.slice(0, probeRows);
  const width = usualWidth(probed);
  return probed.length > 1 && width > 1 && probed.filter((row) => row.length === width).length >= 0.8 * probed.length;
}

/** Words over rows of as many columns that are mostly numbers. */
function isHeading(row: readonly string[], next: readonly (readonly string[])[]): boolean {
  const isNumber = (word: string) => !Number.isNaN(Number(word));
  if (next.length === 0 || row.filter(isNumber).length > 0) return false;
  return next.every((one) => one.length === row.length && one.filter(isNumber).length * 2 > one.length);
}

function usualWidth(rows: readonly (readonly string[])[]): number {
  const counts = new Map<number, number>();
  for (const row of rows) counts.set(row.length, (counts.get(row.length) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a)[0]?.[0] ?? 0;
}

function toTable(rows: readonly (readonly string[])[], delimiter: string): Table {
  const [columns = [], ...rest] = rows;
  return { delimiter, columns: columns.map((name) => name.trim()), rows: rest };
}

/** Rows without any text are left out. */
function splitRows(text: string, delimiter: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let [cell, at] = ["", 0];
  const endCell = () => {
    row.push(cell);
    cell = "";
  };
  const endRow = () => {
    endCell();
    if (row.length > 1 || row[0]?.trim()) rows.push(row);
    row = [];
  };
  while (at < text.length) {
    const letter = text[at] ?? "";
    if (letter === '"' && cell === "") {
      const end = quoteEnd(text, at + 1);
      cell = text.slice(at + 1, end).replace(/""/g, '"');
      at = end + 1;
      continue;
    }
    if (letter === delimiter) endCell();
    else if (letter === "\n") endRow();
    else if (letter !== "\r") cell += letter;
    at += 1;
  }
  if (cell !== "" || row.length > 0) endRow();
  return rows;
}

/** Position of the closing quote, doubled ones passed over; the end of the text where it is left out. */
function quoteEnd(text: string, from: number): number {
  for (let at = text.indexOf('"', from); at >= 0; at = text.indexOf('"', at + 2)) if (text[at + 1] !== '"') return at;
  return text.length;
}
