import { useEffect, useMemo, useSyncExternalStore } from "react";
import { StepStore } from "@/app/_map/step-store";
import { folderOf, type ShownProduct, zarrAddress } from "@/app/(public)/_forecast/forecast-data";
import type { LayerDefinition, ProductDescription } from "@/lib/map/product";
import { prefetchOrder } from "@/lib/map/time-axis";

/** Variables that are fetched for one layer: what is coloured, and direction only for the step shown. */
export type WantedSteps = {
  readonly layer: LayerDefinition | null;
  readonly step: number;
  readonly published: ReadonlySet<number>;
};

/** The decoded steps of a product run, fetched around the step shown. Renders again when a step has come. */
export function useStepStore(product: ShownProduct | null, { layer, step, published }: WantedSteps): StepStore | null {
  const description = product?.description ?? null;
  const store = useMemo(() => (description ? openStore(description) : null), [description]);
  useSyncExternalStore(store?.subscribe ?? subscribeToNothing, store?.snapshot ?? zero, zero);

  useEffect(() => {
    if (!store || !layer) return;
    const ask = () => {
      // A hidden tab asks for nothing; what is under way ends by itself.
      if (document.visibilityState === "hidden") return;
      const order = prefetchOrder(step, published);
      const direction = layer.direction && published.has(step) ? [layer.direction.east, layer.direction.north] : [];
      store.want([
        ...order.slice(0, 1).map((index) => ({ variable: layer.variable, step: index })),
        ...direction.map((variable) => ({ variable, step })),
        ...order.slice(1).map((index) => ({ variable: layer.variable, step: index })),
      ]);
    };
    ask();
    document.addEventListener("visibilitychange", ask);
    return () => document.removeEventListener("visibilitychange", ask);
  }, [store, layer, step, published]);

  useEffect(() => () => store?.stop(), [store]);
  return store;
}

function openStore(description: ProductDescription): StepStore {
  return new StepStore({
    key: `${description.productId}/${folderOf(description)}`,
    address: zarrAddress(description),
    nX: description.grid.nX,
    nY: description.grid.nY,
    packings: Object.fromEntries(description.variables.map(({ name, packing }) => [name, packing])),
  });
}

const subscribeToNothing = () => () => undefined;
const zero = () => 0;
