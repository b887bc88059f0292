import { rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { readSeaFrame } from "@/lib/formats/roms/read-sea-frame";
import { readSeaGrid } from "@/lib/formats/roms/read-sea-grid";
import type { SeaInventory } from "@/lib/formats/roms/sea-inventory";
import { seaPlaces } from "@/lib/transport/sea-place";
import { openNetcdf } from "@/server/formats/open-netcdf";
import { fetchFile } from "@/server/programs/fetch-file";
import type { FetchSeaJob } from "@/server/programs/fetch-sea/job";
import type { ProgramLog } from "@/server/programs/run-program";

/** A grid of up to this many columns is looked at whole, frame by frame. */
const wholeColumns = 40_000;

/**
 * Brings the files of an inventory together and checks what only the files know: that outfalls and farms lie in the sea,
 * that no current is missing between two cells of sea. `sea.json` appears last.
 * @throws place-outside-sea, outfall-on-land, farm-on-land, sea-field-invalid, and what fetching and reading throw
 */
export async function fetchSea({ params, out }: FetchSeaJob, log: ProgramLog): Promise<void> {
  const files: SeaInventory["files"][number][] = [];
  for (const [index, file] of params.sea.files.entries()) {
    const name = `${String(index).padStart(4, "0")}.nc`;
    log(`${file.path} -> ${name}`);
    files.push({ ...(await fetchFile(file, join(out, name))), path: name });
    await checkFile(params, { index, path: join(out, name), name: file.path });
  }
  const fetched: SeaInventory = { ...params.sea, files };
  await writeFile(join(out, "sea.json.part"), `${JSON.stringify(fetched, null, 1)}\n`);
  await rename(join(out, "sea.json.part"), join(out, "sea.json"));
}

type File = { readonly index: number; readonly path: string; readonly name: string };

async function checkFile({ sea, outfalls, farms, moveM }: FetchSeaJob["params"], { index, path, name }: File) {
  const dataset = await openNetcdf(path, name);
  try {
    const grid = await readSeaGrid(dataset);
    if (index === 0) {
      const places = seaPlaces(grid);
      for (const outfall of outfalls) places.ofOutfall(outfall, moveM);
      for (const farm of farms) places.ofFarm(farm);
    }
    if (grid.nXi * grid.nEta > wholeColumns) return;
    const window = { i0: 0, j0: 0, nX: grid.nXi, nY: grid.nEta };
    for (const { file, record } of sea.frames)
      if (file === index) await readSeaFrame(dataset, { grid, window, mask: grid.mask, record });
  } finally {
    await dataset.close();
  }
}
