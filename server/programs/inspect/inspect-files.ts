import { rm } from "node:fs/promises";
import { basename, join } from "node:path";
import { isNereusError, NereusError } from "@/lib/errors";
import type { MetInventory } from "@/lib/formats/wrf/inventory";
import { type InventorySource, readInventory } from "@/lib/formats/wrf/read-inventory";
import { download } from "@/server/formats/download";
import { openNetcdf } from "@/server/formats/open-netcdf";
import { listFiles } from "@/server/programs/inspect/list-files";
import type { ProgramLog } from "@/server/programs/run-program";

/**
 * Makes the inventory of WRF files. In a folder, files that are not NetCDF are passed over unless their name says that
 * they should be; a NetCDF file that cannot drive a run is refused, as is anything named directly.
 * @param options.scratchPath folder for files that have to be downloaded to be looked at; they are removed again
 * @throws what `readInventory` and `openNetcdf` throw; file-unreadable where a folder holds no NetCDF file
 */
export async function inspectFiles(
  files: readonly string[],
  options: { readonly source: string; readonly scratchPath: string; readonly log: ProgramLog },
): Promise<MetInventory> {
  return withSources(files, options, (sources) =>
    readInventory(sources, options.source, ({ validAtUtc, kept, dropped }) =>
      options.log(`${validAtUtc} is in two files: ${kept} is used, ${dropped} is not`),
    ),
  );
}

/** Calls `use` with the NetCDF files behind paths, folders and addresses; what had to be downloaded is removed again. */
export async function withSources<T>(
  files: readonly string[],
  options: { readonly scratchPath: string; readonly log: ProgramLog },
  use: (sources: readonly InventorySource[]) => Promise<T>,
): Promise<T> {
  const sources: InventorySource[] = [];
  const fetched: string[] = [];
  try {
    for (const file of files) {
      if (/^https?:\/\//.test(file)) sources.push(await fetchOne(file, { ...options, fetched }));
      else sources.push(...(await listLocal(file, options.log)));
    }
    options.log(`looking at ${sources.length} files`);
    return await use(sources);
  } finally {
    for (const path of fetched) await rm(path, { force: true });
  }
}

async function listLocal(path: string, log: ProgramLog): Promise<InventorySource[]> {
  const sources: InventorySource[] = [];
  for (const { path: file, sizeBytes, isFromFolder } of await listFiles(path)) {
    if (isFromFolder && !claimsToBeNetcdf(file) && !(await isNetcdf(file))) {
      log(`${file} is passed over: it is not NetCDF`);
      continue;
    }
    sources.push({ file: { path: file, sizeBytes, sha256: null }, open: () => openNetcdf(file) });
  }
  if (sources.length === 0)
    throw new NereusError("file-unreadable", { file: path, problem: "the folder holds no NetCDF file" });
  return sources;
}

/** By its name; passing such a file over would shorten a run without a word. */
const claimsToBeNetcdf = (path: string): boolean => /\.nc\d?$|^wrf(out|input)_/i.test(basename(path));

async function isNetcdf(path: string): Promise<boolean> {
  try {
    await (await openNetcdf(path)).close();
    return true;
  } catch (error) {
    if (isNereusError(error, "format-unknown")) return false;
    throw error;
  }
}

async function fetchOne(
  url: string,
  { scratchPath, log, fetched }: { scratchPath: string; log: ProgramLog; fetched: string[] },
): Promise<InventorySource> {
  const path = join(scratchPath, `.inspect-${fetched.length}.part`);
  log(`downloading ${url}`);
  const got = await download(url, path, { sizeBytes: null, sha256: null });
  fetched.push(path);
  return { file: { path: url, ...got }, open: () => openNetcdf(path, url) };
}
