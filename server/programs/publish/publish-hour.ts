import { readdir, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import { NereusError } from "@/lib/errors";
import { encodeCog } from "@/lib/formats/cog/encode-cog";
import { packValues } from "@/lib/formats/pack";
import type { StoreFile } from "@/lib/formats/store-file";
import { encodeMapStep } from "@/lib/formats/zarr/map-store";
import { type Fragment, type ProductDescription, productPaths } from "@/lib/map/product";
import { gzip, zlibDeflate } from "@/server/formats/deflate";
import { openNetcdf } from "@/server/formats/open-netcdf";
import { type FragmentFile, writeFragment } from "@/server/formats/write-fragment";
import type { HourFields } from "@/server/programs/publish/hour-fields";
import type { PublishJob } from "@/server/programs/publish/job";
import { posterOf } from "@/server/programs/publish/poster-of";
import { readSeaHour } from "@/server/programs/publish/read-sea-hour";
import { readSmokeHour } from "@/server/programs/publish/read-smoke-hour";
import { readWrfHour } from "@/server/programs/publish/read-wrf-hour";
import type { ProgramLog } from "@/server/programs/run-program";

/**
 * Turns one hour of a model into a fragment: chunks of the map store, GeoTIFFs of the headline fields, posters, extremes.
 * @throws {NereusError} fragment-invalid when the product does not plan the hour's time; what the readers throw
 */
export async function publishHour({ params, inputs, out }: PublishJob, log: ProgramLog): Promise<void> {
  const description: ProductDescription = {
    ...params.product,
    runId: params.runId,
    generation: params.generation,
  };
  const path = await onlyFile(inputs.hour);
  const fields = await readHour(path, params);
  const index = description.times.findIndex((time) => Date.parse(time) === Date.parse(fields.validAtUtc));
  const validAtUtc = description.times[index];
  if (validAtUtc === undefined)
    throw new NereusError("fragment-invalid", {
      product: description.productId,
      problem: `${fields.validAtUtc} is not among its ${description.times.length} times`,
    });
  const files: FragmentFile[] = [
    ...(await encodeMapStep(description, { index, values: fields.values }, gzip)),
    ...params.headline.map((variable) => cogOf(description, { variable, index, values: fields.values })),
    ...params.posters.flatMap((poster) => posterOf(description, poster, { index, values: fields.values })),
  ];
  if (params.keepHistory) files.push({ path: `${productPaths.history}/${basename(path)}`, copyOf: path });
  const extremes = extremesOf(description, fields);
  await writeFragment(out, { description, steps: [{ index, validAtUtc, extremes }], closing: null }, files);
  log(`published ${validAtUtc} of ${description.productId}: ${files.length} files`);
}

const readers = { wrf: readWrfHour, sea: readSeaHour, "smoke-hour": readSmokeHour } as const;

async function readHour(path: string, { source, product }: PublishJob["params"]): Promise<HourFields> {
  const dataset = await openNetcdf(path);
  try {
    return await readers[source](dataset, product);
  } finally {
    await dataset.close();
  }
}

/** An input is staged as a file or as a folder with one file in it. */
async function onlyFile(path: string): Promise<string> {
  if ((await stat(path)).isFile()) return path;
  const names = await readdir(path);
  const [only] = names;
  if (only === undefined || names.length > 1)
    throw new NereusError("file-unreadable", { file: path, problem: `it holds ${names.length} files, not one` });
  return onlyFile(join(path, only));
}

function cogOf(
  description: ProductDescription,
  field: { readonly variable: string; readonly index: number; readonly values: HourFields["values"] },
): StoreFile {
  const { productId, domain, grid, runId, generation } = description;
  const variable = description.variables.find(({ name }) => name === field.variable);
  const values = field.values[field.variable];
  if (variable === undefined || values === undefined)
    throw new NereusError("variable-missing", {
      file: productId,
      variable: field.variable,
      present: description.variables.map(({ name }) => name).join(", "),
    });
  const time = description.times[field.index] ?? "";
  const metadata = {
    valid_time: time,
    product: productId,
    run: runId,
    generation,
    licence: description.licence,
    ...(description.demonstration ? { notice: "SYNTHETIC DEMONSTRATION DATA, not a forecast" } : {}),
  };
  const stamp = time.replace(/^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2}).*$/, "$1$2$3Z$4$5");
  return {
    path: `${productPaths.cog}/${productId}_${domain}_${variable.name}_${stamp}.tif`,
    bytes: encodeCog({ grid, variable, packed: packValues(variable, values), metadata }, zlibDeflate),
  };
}

/** Extremes of what will be read back, after packing. */
function extremesOf(description: ProductDescription, { values }: HourFields): Fragment["steps"][number]["extremes"] {
  return Object.fromEntries(
    description.variables.map((variable) => {
      const { scale, offset, fill } = variable.packing;
      let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
      for (const integer of packValues(variable, values[variable.name] ?? new Float32Array())) {
        if (integer === fill) continue;
        if (integer < least) least = integer;
        if (integer > most) most = integer;
      }
      const isEmpty = least > most;
      return [variable.name, isEmpty ? null : { min: least * scale + offset, max: most * scale + offset }];
    }),
  );
}
