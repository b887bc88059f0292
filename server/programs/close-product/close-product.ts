import { mkdir, mkdtemp, readdir, readFile, rm, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import type { PackedArray } from "@/lib/formats/pack";
import { seriesStoreFiles } from "@/lib/formats/zarr/series-store";
import { hourFileName } from "@/lib/map/file-grammar";
import { type PublishedVariable, productPaths } from "@/lib/map/product";
import { gzip } from "@/server/formats/deflate";
import { writeNetcdf4 } from "@/server/formats/netcdf4-writer";
import { type FragmentFile, writeFragment } from "@/server/formats/write-fragment";
import { carryCurrents } from "@/server/programs/close-product/carry-currents";
import type { CloseProductJob } from "@/server/programs/close-product/job";
import { type PublishedSteps, readFragments } from "@/server/programs/close-product/read-fragments";
import { type ProductTotals, productTotals, summarise } from "@/server/programs/close-product/summarise";
import { weatherInventory } from "@/server/programs/close-product/weather-inventory";
import type { ProgramLog } from "@/server/programs/run-program";

/**
 * Closes a product with what its publish tasks left, be it all steps or some: one NetCDF of the run, the series copy,
 * the list of GeoTIFFs, a summary, and for weather the inventory of its history.
 */
export async function closeProduct({ params, inputs, out }: CloseProductJob, log: ProgramLog): Promise<void> {
  const { model, currents, report, ...folders } = inputs;
  const published = await readFragments(Object.values(folders));
  const { description, fragments } = published;
  await mkdir(out, { recursive: true });
  // Beside the artifacts, on the same disk, and gone before the task ends.
  const workFolder = await mkdtemp(`${out}-work-`);
  try {
    const netcdf = `${productPaths.netcdf}/${hourFileName(description, description.times[0] ?? "")}`;
    const netcdfFile: FragmentFile = { path: netcdf, copyOf: join(workFolder, "run.nc") };
    const totals = await writeRun(netcdfFile.copyOf, published);
    const cog = fragments.flatMap(({ files }) =>
      files.map(({ path }) => path).filter((path) => path.startsWith(`${productPaths.cog}/`)),
    );
    const met = params.weather ? weatherInventory(published) : null;
    const told = report === undefined ? {} : { report: await readReport(report) };
    const summary = { ...summarise(published, totals, await readLedger(model)), ...told };
    const carried = currents === undefined ? null : await carryCurrents(currents);
    const closing = { netcdf, cog: cog.sort(), summary, met, sea: carried?.sea ?? null };
    await writeFragment(
      out,
      { description, steps: [], closing },
      filesOf(published, [netcdfFile, ...(carried?.files ?? [])], workFolder),
    );
  } finally {
    await rm(workFolder, { recursive: true, force: true });
  }
  log(`closed ${description.productId} with ${published.steps.length} of ${description.times.length} steps`);
}

/** The NetCDF of all steps; what passes by is summed up. */
async function writeRun(path: string, { description, steps, read }: PublishedSteps): Promise<ProductTotals> {
  const totals = productTotals();
  const readAndSum = async (variable: PublishedVariable, step: number) => {
    const field = await read(variable, step);
    totals.add(variable, field);
    return field;
  };
  await writeNetcdf4(path, description, { steps, read: readAndSum });
  return totals;
}

/** The series copy, the files of the whole run, and a NetCDF for each step under the name that the open-data archive gives it. */
async function* filesOf(
  { description, steps, read }: PublishedSteps,
  whole: readonly FragmentFile[],
  workFolder: string,
): AsyncGenerator<FragmentFile> {
  const isThere = new Set(steps);
  const readSteps = async (variable: PublishedVariable) => {
    const all: (PackedArray | null)[] = [];
    for (const step of description.times.keys()) all.push(isThere.has(step) ? await read(variable, step) : null);
    return all;
  };
  yield* seriesStoreFiles(description, readSteps, gzip);
  yield* whole;
  const copyOf = join(workFolder, "hour.nc");
  for (const step of steps) {
    await writeNetcdf4(copyOf, description, { steps: [step], read });
    yield { path: `${productPaths.hourly}/${hourFileName(description, description.times[step] ?? "")}`, copyOf };
  }
}

/** The balance sheet that a model left, as it wrote it; null when it left none. */
async function readLedger(folder: string | undefined): Promise<unknown> {
  if (folder === undefined) return null;
  const [path] = (await readdir(folder, { recursive: true })).filter((name) => basename(name) === "ledger.json").sort();
  return path === undefined ? null : JSON.parse(await readFile(join(folder, path), "utf8"));
}

/** A JSON document, given as a file or as a folder that holds it alone. */
async function readReport(path: string): Promise<unknown> {
  if ((await stat(path)).isFile()) return JSON.parse(await readFile(path, "utf8"));
  const [name = ""] = await readdir(path);
  return readReport(join(path, name));
}
