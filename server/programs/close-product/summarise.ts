import { type PackedArray, unpackValues } from "@/lib/formats/pack";
import type { ProductDescription, PublishedVariable } from "@/lib/map/product";

/** Sums up the decoded values of a product while its fields go by. */
export type ProductTotals = {
  add(variable: PublishedVariable, packed: PackedArray): void;
  /** Range and mean of a variable over all steps and cells that hold a value; null where none does. */
  of(variable: PublishedVariable): { readonly min: number; readonly max: number; readonly mean: number } | null;
};

export function productTotals(): ProductTotals {
  const totals = new Map<string, { min: number; max: number; sum: number; count: number }>();
  return {
    add({ name, packing }, packed) {
      const total = totals.get(name) ?? { min: Infinity, max: -Infinity, sum: 0, count: 0 };
      for (const value of unpackValues(packing, packed)) {
        if (Number.isNaN(value)) continue;
        if (value < total.min) total.min = value;
        if (value > total.max) total.max = value;
        total.sum += value;
        total.count += 1;
      }
      totals.set(name, total);
    },
    of({ name }) {
      const total = totals.get(name);
      if (total === undefined || total.count === 0) return null;
      return { min: total.min, max: total.max, mean: total.sum / total.count };
    },
  };
}

/**
 * What is told of a closed product: range and mean of each variable, the model's ledger as it wrote it, labels, and the
 * number of steps.
 */
export function summarise(
  { description, steps }: { readonly description: ProductDescription; readonly steps: readonly number[] },
  totals: ProductTotals,
  ledger: unknown,
): Readonly<Record<string, unknown>> {
  const none = { min: null, max: null, mean: null };
  return {
    variables: Object.fromEntries(
      description.variables.map((variable) => [
        variable.name,
        { ...(totals.of(variable) ?? none), units: variable.units },
      ]),
    ),
    ledger,
    degraded: description.degraded,
    steps: steps.length,
  };
}
