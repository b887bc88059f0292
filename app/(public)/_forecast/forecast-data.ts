import { type Coverage, type LayerDefinition, type ProductDescription, posterPath } from "@/lib/map/product";

/** A published product run as the map needs it; plain data that the server hands to the browser. */
export type ShownProduct = {
  readonly description: ProductDescription;
  readonly coverage: Coverage;
  readonly layers: readonly LayerDefinition[];
  /** Routinary forecasts have an age from their cycle; runs on demand from when they were published. */
  readonly kind: "routinary" | "on-demand";
  /** True when the link names this run; false when it follows the latest. */
  readonly pinned: boolean;
  /** First hour of a newer run of the same routinary product; null when this is the newest. */
  readonly newerRunUtc: string | null;
};

/** `<runId>-g<generation>`: the folder of a product run in the store and in addresses. */
export const folderOf = ({ runId, generation }: ProductDescription): string => `${runId}-g${generation}`;

/** Address of a product run's folder in the Zarr route. */
export const zarrAddress = (description: ProductDescription): string =>
  `/api/zarr/${description.productId}/${folderOf(description)}`;

/** Address of a file of a product run, for download. */
export const fileAddress = (description: ProductDescription, path: string): string =>
  `/api/files/${description.productId}/${folderOf(description)}/${path}`;

/** Address of the picture of a variable at one step. */
export const posterAddress = (description: ProductDescription, variable: string, step: number): string =>
  `${zarrAddress(description)}/${posterPath(variable, step)}`;
