import type { Dataset, Variable } from "@/lib/formats/dataset";
import { readUnpacked } from "@/lib/formats/packing";
import { cellsOf, flatIndex, slabsOf } from "@/lib/formats/slabs";

/** What the values of a variable amount to, unpacked, in its own units; null where it holds no value. */
export type VariableStatistics = {
  /** Cells without a value. */
  readonly missing: number;
  readonly min: number | null;
  readonly max: number | null;
  /** Null also where the values hold both infinities. */
  readonly mean: number | null;
  /** Values at the indices that were asked for, in their order; null = missing. */
  readonly samples: readonly (number | null)[];
};

/** Cells per read: 4 Mi cells are 32 MiB as float64. */
const slabCells = 4 * 1024 * 1024;

/**
 * Reads a whole variable piece by piece, in bounded memory, and sums it up in double precision.
 * @param sampleIndices full indices, one number per dimension
 * @throws what `Dataset.readRaw` throws
 */
export async function summarise(
  dataset: Dataset,
  variable: Variable,
  sampleIndices: readonly (readonly number[])[] = [],
): Promise<VariableStatistics> {
  const { shape } = variable;
  const wanted = sampleIndices.map((index) => flatIndex(shape, index));
  const samples: (number | null)[] = wanted.map(() => null);
  const sum: Sum = { cells: 0, total: 0, min: Number.POSITIVE_INFINITY, max: Number.NEGATIVE_INFINITY };
  for (const slab of slabsOf(shape, slabCells)) {
    const values = await readUnpacked(dataset, variable.name, slab);
    addTo(sum, values);
    wanted.forEach((flat, i) => {
      const value = values[flat - slab.offset];
      if (value !== undefined && !Number.isNaN(value)) samples[i] = value;
    });
  }
  const { cells, total, min, max } = sum;
  const mean = cells === 0 || Number.isNaN(total) ? null : total / cells;
  return {
    missing: cellsOf(shape) - cells,
    min: cells === 0 ? null : min,
    max: cells === 0 ? null : max,
    mean,
    samples,
  };
}

type Sum = { cells: number; total: number; min: number; max: number };

function addTo(sum: Sum, values: Float64Array) {
  for (const value of values) {
    if (Number.isNaN(value)) continue;
    sum.cells += 1;
    sum.total += value;
    if (value < sum.min) sum.min = value;
    if (value > sum.max) sum.max = value;
  }
}
