import { type PackedArray, unpackValues } from "@/lib/formats/pack";
import type { ProductDescription } from "@/lib/map/product";
import type { PublishedSteps } from "@/server/programs/close-product/read-fragments";

/**
 * What is told of a closed product: range and mean of the decoded values of each variable over all steps and cells that
 * hold one, the model's ledger as it wrote it, labels, and the number of steps.
 */
export function summarise({ description, packed }: PublishedSteps, ledger: unknown): Readonly<Record<string, unknown>> {
  const steps = description.times.filter((_, step) => isThere(description, packed, step)).length;
  return {
    variables: Object.fromEntries(
      description.variables.map(({ name, packing, units }) => {
        let [min, max, sum, count] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0, 0];
        for (const field of packed[name] ?? [])
          for (const value of field === null ? [] : unpackValues(packing, field)) {
            if (Number.isNaN(value)) continue;
            min = Math.min(min, value);
            max = Math.max(max, value);
            sum += value;
            count += 1;
          }
        return [
          name,
          count === 0 ? { min: null, max: null, mean: null, units } : { min, max, mean: sum / count, units },
        ];
      }),
    ),
    ledger,
    degraded: description.degraded,
    steps,
  };
}

/** True when a step was published: all its variables are there. */
export function isThere(
  description: ProductDescription,
  packed: Readonly<Record<string, readonly (PackedArray | null)[]>>,
  step: number,
): boolean {
  return description.variables.every(({ name }) => (packed[name]?.[step] ?? null) !== null);
}
