import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { inventorySchema } from "@/lib/formats/wrf/inventory-schema";
import { readFrame } from "@/lib/formats/wrf/read-frame";
import { openNetcdf } from "@/server/formats/open-netcdf";
import type { WeatherSource } from "@/server/programs/transport/weather-pairs";

/** The frames of a folder with `met.json` (an inventory whose paths are relative to it), and how they are read. */
export async function framesOfFolder(folder: string): Promise<Pick<WeatherSource, "frames" | "readFrame">> {
  const inventory = inventorySchema.parse(JSON.parse(await readFile(join(folder, "met.json"), "utf8")));
  return {
    frames: inventory.frames,
    async readFrame(frame, window) {
      const dataset = await openNetcdf(join(folder, inventory.files[frame.file]?.path ?? ""));
      try {
        return await readFrame(dataset, frame, window);
      } finally {
        await dataset.close();
      }
    },
  };
}
