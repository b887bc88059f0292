import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { SeaInventory } from "@/lib/formats/roms/sea-inventory";
import { seaInventorySchema } from "@/lib/formats/roms/sea-inventory-schema";
import { productPaths } from "@/lib/map/product";
import type { FragmentFile } from "@/server/formats/write-fragment";

/**
 * The ocean files of a model that a product carries under `history/`, and their inventory with paths below the product's
 * folder: what a request may take its currents from.
 */
export async function carryCurrents(folder: string): Promise<{
  readonly sea: SeaInventory;
  readonly files: readonly FragmentFile[];
}> {
  const inventory = seaInventorySchema.parse(JSON.parse(await readFile(join(folder, "sea.json"), "utf8")));
  const files = inventory.files.map((file) => ({ ...file, path: `${productPaths.history}/${file.path}` }));
  return {
    sea: { ...inventory, files },
    files: inventory.files.map(({ path }) => ({
      path: `${productPaths.history}/${path}`,
      copyOf: join(folder, path),
    })),
  };
}
