import { asId, type ProductId } from "@/lib/ids";
import type { PlannedProduct } from "@/lib/map/product-schema";
import { ensembleSummaryVariables, ensembleVariables, summaryVariables } from "@/pipelines/smoke/variables";

export const moreTitles = {
  "smoke-summary": { en: "Wildfire smoke, whole run", it: "Fumo da incendio, intera corsa" },
  "smoke-ensemble": { en: "Wildfire smoke, ensemble", it: "Fumo da incendio, ensemble" },
  "smoke-ensemble-summary": {
    en: "Wildfire smoke, ensemble of the whole run",
    it: "Fumo da incendio, ensemble dell'intera corsa",
  },
} as const;

/**
 * What a smoke run publishes beside its hours: the whole run in one time, and the same two of the ensemble. All stand on
 * the grid of the hours.
 */
export function describeMore(
  product: PlannedProduct,
  { coveredHours, members }: { readonly coveredHours: number; readonly members: number },
) {
  const times = product.times.slice(coveredHours - 1, coveredHours);
  const of = (id: keyof typeof moreTitles, more: Partial<PlannedProduct>): PlannedProduct => ({
    ...product,
    productId: asId<ProductId>(id),
    title: moreTitles[id],
    ...more,
  });
  const attributes = { ...product.attributes, members };
  return {
    summaryProduct: of("smoke-summary", { times, variables: [...summaryVariables] }),
    ensembleProduct: of("smoke-ensemble", { attributes, variables: [...ensembleVariables] }),
    ensembleSummaryProduct: of("smoke-ensemble-summary", {
      times,
      attributes,
      variables: [...ensembleSummaryVariables],
    }),
  };
}
