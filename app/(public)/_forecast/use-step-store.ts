import { useEffect, useMemo, useSyncExternalStore } from "react";
import { StepStore } from "@/app/_map/step-store";
import { folderOf, type ShownProduct, zarrAddress } from "@/app/(public)/_forecast/forecast-data";
import type { LayerDefinition, ProductDescription } from "@/lib/map/product";
import { prefetchOrder } from "@/lib/map/time-axis";

/** What is fetched for one layer: what is coloured, and the parts of its direction. */
export type WantedSteps = {
  readonly layer: LayerDefinition | null;
  readonly step: number;
  readonly published: ReadonlySet<number>;
  /** The parts of the direction are fetched only while something shows it: a chosen point, streaks. */
  readonly needsDirection: boolean;
};

/** The decoded steps of a product run, fetched around the step shown. Renders again when a step has come. */
export function useStepStore(product: ShownProduct | null, wanted: WantedSteps): StepStore | null {
  const { layer, step, published, needsDirection } = wanted;
  const description = product?.description ?? null;
  const store = useMemo(() => (description ? openStore(description) : null), [description]);
  useSyncExternalStore(store?.subscribe ?? subscribeToNothing, store?.snapshot ?? zero, zero);

  useEffect(() => {
    if (!store || !layer) return;
    const fetchAround = () => {
      // A hidden tab asks for nothing; what is under way ends by itself.
      if (document.visibilityState === "hidden") return;
      const order = prefetchOrder(step, published);
      const parts = needsDirection && layer.direction ? [layer.direction.east, layer.direction.north] : [];
      const ask = (steps: readonly number[], variables: readonly string[]) =>
        steps.flatMap((index) => variables.map((variable) => ({ variable, step: index })));
      store.want([
        ...ask(order.slice(0, 1), [layer.variable, ...parts]),
        ...ask(order.slice(1), [layer.variable]),
        // Last: without them only the direction of another step is missing for a moment.
        ...ask(order.slice(1), parts),
      ]);
    };
    fetchAround();
    document.addEventListener("visibilitychange", fetchAround);
    return () => document.removeEventListener("visibilitychange", fetchAround);
  }, [store, layer, step, published, needsDirection]);

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
