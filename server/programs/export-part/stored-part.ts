import type { PackedArray } from "@/lib/formats/pack";
import type { PublishedVariable } from "@/lib/map/product";
import type { ExportPartJob } from "@/server/programs/export-part/job";

/** A part of a product, read from its map store one field at a time. */
export type StoredPart = {
  readonly description: ExportPartJob["params"]["part"];
  /** @param place  position among the times of the part */
  read(variable: PublishedVariable, place: number): Promise<PackedArray>;
};
