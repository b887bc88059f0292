import { mkdir, mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { basename, join } from "node:path";
import { emptyPacked, type PackedArray } from "@/lib/formats/pack";
import { encodeSeriesStore } from "@/lib/formats/zarr/series-store";
import { hourFileName } from "@/lib/map/file-grammar";
import { productPaths } from "@/lib/map/product";
import { gzip } from "@/server/formats/deflate";
import { writeNetcdf4 } from "@/server/formats/netcdf4-writer";
import { type FragmentFile, writeFragment } from "@/server/formats/write-fragment";
import type { CloseProductJob } from "@/server/programs/close-product/job";
import { type PublishedSteps, readFragments } from "@/server/programs/close-product/read-fragments";
import { isThere, summarise } from "@/server/programs/close-product/summarise";
import { weatherInventory } from "@/server/programs/close-product/weather-inventory";
import type { ProgramLog } from "@/server/programs/run-program";

/**
 * Closes a product with what its publish tasks left, be it all steps or some: one NetCDF of the run, the series copy,
 * the list of GeoTIFFs, a summary, and for weather the inventory of its history.
 */
export async function closeProduct({ params, inputs, out }: CloseProductJob, log: ProgramLog): Promise<void> {
  const { model, ...folders } = inputs;
  const published = await readFragments(Object.values(folders));
  const { description, fragments, packed } = published;
  const summary = summarise(published, await readLedger(model));
  await mkdir(out, { recursive: true });
  // Beside the artifacts, on the same disk, and gone before the task ends.
  const workFolder = await mkdtemp(`${out}-work-`);
  try {
    const netcdf = `${productPaths.netcdf}/${hourFileName(description, description.times[0] ?? "")}`;
    const netcdfFile: FragmentFile = { path: netcdf, copyOf: join(workFolder, "run.nc") };
    await writeNetcdf4(netcdfFile.copyOf, description, presentSteps(published));
    const cog = fragments.flatMap(({ files }) =>
      files.map(({ path }) => path).filter((path) => path.startsWith(`${productPaths.cog}/`)),
    );
    const met = params.weather ? weatherInventory(published) : null;
    const closing = { netcdf, cog: cog.sort(), summary, met };
    const hourly = await writeHours(published, workFolder);
    const files = [...(await encodeSeriesStore(description, packed, gzip)), netcdfFile, ...hourly];
    await writeFragment(out, { description, steps: [], closing }, files);
  } finally {
    await rm(workFolder, { recursive: true, force: true });
  }
  log(`closed ${description.productId} with ${summary.steps} of ${description.times.length} steps`);
}

/** One NetCDF for each step that is there, under the name that the open-data archive gives it. */
async function writeHours(published: PublishedSteps, workFolder: string): Promise<FragmentFile[]> {
  const { description, packed } = published;
  const files: FragmentFile[] = [];
  for (const [step, time] of description.times.entries()) {
    if (!isThere(description, packed, step)) continue;
    const name = hourFileName(description, time);
    const copyOf = join(workFolder, `hour-${step}.nc`);
    await writeNetcdf4(copyOf, description, joinSteps(published, [step]));
    files.push({ path: `${productPaths.hourly}/${name}`, copyOf });
  }
  return files;
}

function presentSteps(published: PublishedSteps) {
  const { description, packed } = published;
  const steps = description.times.flatMap((_, step) => (isThere(description, packed, step) ? [step] : []));
  return joinSteps(published, steps);
}

/** The integers of some steps, one after the other. */
function joinSteps({ description, packed }: PublishedSteps, steps: readonly number[]) {
  const cells = description.grid.nX * description.grid.nY;
  const joined: Record<string, PackedArray> = {};
  for (const { name, packing } of description.variables) {
    const all = emptyPacked(packing, steps.length * cells);
    steps.forEach((step, place) => {
      all.set(packed[name]?.[step] ?? [], place * cells);
    });
    joined[name] = all;
  }
  return { steps, packed: joined };
}

/** The balance sheet that a model left, as it wrote it; null when it left none. */
async function readLedger(folder: string | undefined): Promise<unknown> {
  if (folder === undefined) return null;
  const [path] = (await readdir(folder, { recursive: true })).filter((name) => basename(name) === "ledger.json").sort();
  return path === undefined ? null : JSON.parse(await readFile(join(folder, path), "utf8"));
}
