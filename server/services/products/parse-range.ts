/**
 * The `Range` header of HTTP against a file of `sizeBytes`.
 * @returns first and last byte; null when the whole file is the right answer (no header, several ranges, nonsense);
 *   `outside` when no byte of the file is asked for
 * Source: RFC 9110, 14.1.2.
 */
export function parseRange(
  header: string | null,
  sizeBytes: number,
): { readonly from: number; readonly to: number } | null | "outside" {
  const [, first = "", last = ""] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header ?? "") ?? [];
  if (first === "" && last === "") return null;
  const from = first === "" ? Math.max(0, sizeBytes - Number(last)) : Number(first);
  const to = first === "" || last === "" ? sizeBytes - 1 : Math.min(Number(last), sizeBytes - 1);
  if (first !== "" && last !== "" && Number(last) < Number(first)) return null;
  return from > to ? "outside" : { from, to };
}
