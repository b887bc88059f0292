import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { readSeaFrame, type SeaFrame } from "@/lib/formats/roms/read-sea-frame";
import { readSeaGrid } from "@/lib/formats/roms/read-sea-grid";
import type { SeaGrid, SeaWindow } from "@/lib/formats/roms/sea-grid";
import type { SeaFrameRef, SeaInventory } from "@/lib/formats/roms/sea-inventory";
import { seaInventorySchema } from "@/lib/formats/roms/sea-inventory-schema";
import { openNetcdf } from "@/server/formats/open-netcdf";

/** The ocean files of a run. */
export type SeaFiles = {
  readonly inventory: SeaInventory;
  readonly grid: SeaGrid;
  readFrame(ref: SeaFrameRef, at: { readonly window: SeaWindow; readonly mask: Uint8Array }): Promise<SeaFrame>;
};

/** Opens what `fetch-sea` left in a folder. */
export async function openSeaFiles(folder: string): Promise<SeaFiles> {
  const inventory = seaInventorySchema.parse(JSON.parse(await readFile(join(folder, "sea.json"), "utf8")));
  const open = (file: number) => openNetcdf(join(folder, inventory.files[file]?.path ?? ""));
  const first = await open(0);
  try {
    const grid = await readSeaGrid(first);
    return {
      inventory,
      grid,
      async readFrame({ file, record }, { window, mask }) {
        const dataset = await open(file);
        try {
          return await readSeaFrame(dataset, { grid, window, mask, record });
        } finally {
          await dataset.close();
        }
      },
    };
  } finally {
    await first.close();
  }
}
