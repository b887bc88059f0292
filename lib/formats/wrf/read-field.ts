import { NereusError } from "@/lib/errors";
import type { Dataset } from "@/lib/formats/dataset";
import { readUnpacked } from "@/lib/formats/packing";

/** Where a piece of one record lies: first index and length per space dimension, slowest first. */
export type FieldSlab = { readonly start: readonly number[]; readonly count: readonly number[] };

/**
 * Reads a piece of one record of a WRF variable; a variable without time axis holds for all records.
 * @returns physical values, none missing
 * @throws format-invalid where a value is missing (NaN, fill, or beyond 1e36); variable-missing, file-truncated, ...
 */
export async function readField(
  dataset: Dataset,
  name: string,
  { record, slab }: { readonly record: number; readonly slab: FieldSlab },
): Promise<Float64Array> {
  const rank = dataset.variables.get(name)?.shape.length ?? 0;
  const hasTime = rank > slab.count.length;
  const values = await readUnpacked(dataset, name, {
    start: hasTime ? [record, ...slab.start] : slab.start,
    count: hasTime ? [1, ...slab.count] : slab.count,
  });
  const bad = values.findIndex((value) => !(Math.abs(value) <= largestValue));
  if (bad >= 0)
    throw new NereusError("format-invalid", {
      file: dataset.name,
      place: `${name}, record ${record + 1}`,
      problem: "it holds missing values where the run needs numbers",
    });
  return values;
}

/** Models mark missing values by 1e37 and the like, whatever their attributes say. */
const largestValue = 1e36;
