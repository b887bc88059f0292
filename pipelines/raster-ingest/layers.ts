import type { LayerDefinition } from "@/lib/map/product";

/** A raster of any kind has no legend of its own: the catalogue is what is published. */
export const rasterIngestLayers: readonly LayerDefinition[] = [];
