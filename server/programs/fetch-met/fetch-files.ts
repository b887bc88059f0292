import { mkdir, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { NereusError } from "@/lib/errors";
import type { MetFile, MetInventory } from "@/lib/formats/wrf/inventory";
import { fetchFile } from "@/server/programs/fetch-file";
import type { ProgramLog } from "@/server/programs/run-program";

/**
 * Brings the files of an inventory together: `<folder>/0000.nc`, `0001.nc`, ... in its order, then `met.json`, the
 * same inventory with paths relative to that folder. Each file is opened once before it appears under its name, so a
 * cut or foreign one is refused here. A repeated call takes up what is there.
 * @throws file-unreadable, file-truncated, artifact-changed, format-unknown, format-invalid, met-no-records
 */
export async function fetchFiles(met: MetInventory, folder: string, log: ProgramLog): Promise<MetInventory> {
  const [first] = met.files;
  if (first === undefined || met.frames.length === 0)
    throw new NereusError("met-no-records", { file: first?.path ?? met.source });
  await mkdir(folder, { recursive: true });
  const files: MetFile[] = [];
  for (const [index, file] of met.files.entries()) {
    const name = `${String(index).padStart(4, "0")}.nc`;
    log(`${file.path} -> ${name}`);
    files.push({ ...(await fetchFile(file, join(folder, name))), path: name });
  }
  const fetched = { ...met, files };
  await writeFile(join(folder, "met.json.part"), `${JSON.stringify(fetched, null, 1)}\n`);
  await rename(join(folder, "met.json.part"), join(folder, "met.json"));
  return fetched;
}
