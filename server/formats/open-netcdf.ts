import { NereusError } from "@/lib/errors";
import type { ByteSource } from "@/lib/formats/byte-source";
import { isClassic, openClassic } from "@/lib/formats/classic/open-classic";
import type { Dataset } from "@/lib/formats/dataset";
import { hdf5SignatureOffsets, isHdf5Signature } from "@/lib/formats/hdf5-signature";
import { describeHead } from "@/server/formats/describe-head";
import { openHdf5 } from "@/server/formats/hdf5-dataset";
import { openFileSource } from "@/server/storage/file-byte-source";

/**
 * Opens a local NetCDF file, classic (CDF-1, 2, 5) or NetCDF-4, by its content. Programs that need no other format use
 * this, since each carries all the readers that it imports.
 * @param name what messages call it; absent = its path
 * @throws file-unreadable, format-unknown (with the first bytes), file-truncated, format-invalid, unsupported-feature
 */
export async function openNetcdf(path: string, name: string = path): Promise<Dataset> {
  const source = { ...(await openFileSource(path)), name };
  try {
    const head = await source.read(0, Math.min(8, source.sizeBytes));
    if (isClassic(head)) return await openClassic(source);
    if (!(await isHdf5(source)))
      throw new NereusError("format-unknown", { file: source.name, startsWith: describeHead(head) });
  } catch (error) {
    await source.close();
    throw error;
  }
  await source.close();
  return openHdf5(path, name);
}

/** True for an HDF5 file, whatever lies before its superblock. */
export async function isHdf5(source: ByteSource): Promise<boolean> {
  for (const offset of hdf5SignatureOffsets) {
    if (offset + 8 > source.sizeBytes) break;
    if (isHdf5Signature(await source.read(offset, 8))) return true;
  }
  return false;
}
