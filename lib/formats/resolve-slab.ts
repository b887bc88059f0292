import { NereusError } from "@/lib/errors";
import type { Variable } from "@/lib/formats/dataset";

/**
 * Completes a hyperslab: start and count per dimension, absent start = 0s, absent count = to the end.
 * @throws grid-mismatch when it does not lie inside the variable
 */
export function resolveSlab(
  file: string,
  variable: Variable,
  wanted: { readonly start?: readonly number[] | undefined; readonly count?: readonly number[] | undefined },
): { start: number[]; count: number[] } {
  const start = variable.shape.map((_, d) => wanted.start?.[d] ?? 0);
  const count = variable.shape.map((length, d) => wanted.count?.[d] ?? length - (start[d] ?? 0));
  const isInside = variable.shape.every((length, d) => {
    const [first, n] = [start[d] ?? 0, count[d] ?? 0];
    return Number.isInteger(first) && Number.isInteger(n) && first >= 0 && n >= 0 && first + n <= length;
  });
  const rank = variable.shape.length;
  if (!isInside || (wanted.start?.length ?? rank) > rank || (wanted.count?.length ?? rank) > rank)
    throw new NereusError("grid-mismatch", {
      file,
      variable: variable.name,
      got: variable.shape.join(" x ") || "a scalar",
      want: `start ${start.join(", ")} count ${count.join(", ")}`,
    });
  return { start, count };
}
