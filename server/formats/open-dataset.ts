import { stat } from "node:fs/promises";
import { NereusError } from "@/lib/errors";
import type { ByteSource } from "@/lib/formats/byte-source";
import { isClassic, openClassic } from "@/lib/formats/classic/open-classic";
import type { Dataset } from "@/lib/formats/dataset";
import { calpuffOrder, openCalpuff } from "@/lib/formats/dispersion/open-calpuff";
import { isCdump, openCdump } from "@/lib/formats/dispersion/open-cdump";
import { isGeoDat, openGeoDat } from "@/lib/formats/dispersion/open-geo-dat";
import { findGrib } from "@/lib/formats/grib/find-messages";
import { openGrib } from "@/lib/formats/grib/open-grib";
import { openTiff } from "@/lib/formats/tiff/open-tiff";
import { isTiff } from "@/lib/formats/tiff/read-directory";
import { openZarr } from "@/lib/formats/zarr/open-zarr";
import { zlibInflate } from "@/server/formats/deflate";
import { describeHead } from "@/server/formats/describe-head";
import { openHdf5 } from "@/server/formats/hdf5-dataset";
import { isHdf5 } from "@/server/formats/open-netcdf";
import { decodeCodestream } from "@/server/formats/openjpeg";
import { zarrFolder } from "@/server/formats/zarr-folder";
import { openFileSource } from "@/server/storage/file-byte-source";

type SourceFormat = { matches(head: Uint8Array): boolean; open(source: ByteSource): Promise<Dataset> };

/** Formats that are read over a byte source, the surest signs first. HDF5 opens its files itself. */
const sourceFormats: readonly SourceFormat[] = [
  { matches: isClassic, open: openClassic },
  { matches: isTiff, open: (source) => openTiff(source, zlibInflate) },
  { matches: (head) => calpuffOrder(head) !== null, open: openAnyCalpuff },
  { matches: isGeoDat, open: openGeoDat },
  { matches: isCdump, open: openCdump },
  // A telecommunication heading may stand before the first message.
  { matches: (head) => findGrib(head) !== null, open: (source) => openGrib(source, decodeCodestream) },
];

const headBytes = 128;

/**
 * Opens a local file, or the folder of a Zarr store, as a data set. Its first bytes decide what it is, never its name: classic NetCDF (CDF-1, 2, 5),
 * NetCDF-4 and HDF5 (also behind a user block), GRIB1 and GRIB2, TIFF, CALPUFF and HYSPLIT output, GEO.DAT.
 * @param name what messages call it; absent = its path
 * @throws file-unreadable, format-unknown (with the first bytes), file-truncated, format-invalid, unsupported-feature
 */
export async function openDataset(path: string, name: string = path): Promise<Dataset> {
  if (await isFolder(path)) return openFolder(path, name);
  const source = { ...(await openFileSource(path)), name };
  try {
    if (!(await isHdf5(source))) return await openSource(source);
  } catch (error) {
    await source.close();
    throw error;
  }
  await source.close();
  return openHdf5(path, name);
}

async function isFolder(path: string): Promise<boolean> {
  // What is not there is told by whoever opens it.
  const about = await stat(path).catch(() => null);
  return about?.isDirectory() ?? false;
}

async function openFolder(path: string, name: string): Promise<Dataset> {
  const dataset = await openZarr(zarrFolder(path, name));
  if (dataset !== null) return dataset;
  throw new NereusError("file-unreadable", { file: name, problem: "it is a folder that holds no Zarr store" });
}

/**
 * The same over any byte source, HDF5 excepted. Closing the data set closes the source; on an error the caller does.
 * @throws format-unknown, file-truncated, format-invalid, unsupported-feature
 */
export async function openSource(source: ByteSource): Promise<Dataset> {
  const head = await source.read(0, Math.min(headBytes, source.sizeBytes));
  const format = sourceFormats.find(({ matches }) => matches(head));
  if (format !== undefined) return format.open(source);
  throw new NereusError("format-unknown", { file: source.name, startsWith: describeHead(head.subarray(0, 8)) });
}

/** True when the first bytes of a file are those of a format that is read over a byte source. */
export function isKnownHead(head: Uint8Array): boolean {
  return sourceFormats.some(({ matches }) => matches(head.subarray(0, headBytes)));
}

async function openAnyCalpuff(source: ByteSource): Promise<Dataset> {
  const order = calpuffOrder(await source.read(0, Math.min(headBytes, source.sizeBytes)));
  return openCalpuff(source, order ?? "big");
}
