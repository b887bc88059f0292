import { NereusError } from "@/lib/errors";
import type { ByteSource } from "@/lib/formats/byte-source";
import { isClassic, openClassic } from "@/lib/formats/classic/open-classic";
import type { Dataset } from "@/lib/formats/dataset";
import { findGrib } from "@/lib/formats/grib/find-messages";
import { openGrib } from "@/lib/formats/grib/open-grib";
import { hdf5SignatureOffsets, isHdf5Signature } from "@/lib/formats/hdf5-signature";
import { openTiff } from "@/lib/formats/tiff/open-tiff";
import { isTiff } from "@/lib/formats/tiff/read-directory";
import { zlibInflate } from "@/server/formats/deflate";
import { openHdf5 } from "@/server/formats/hdf5-dataset";
import { openFileSource } from "@/server/storage/file-byte-source";

/**
 * Opens a local file as a data set. Its first bytes decide what it is, never its name: CDF-1, CDF-2, CDF-5, or HDF5
 * (also behind a user block).
 * @param name what messages call it; absent = its path
 * @throws file-unreadable, format-unknown (with the first bytes), file-truncated, format-invalid, unsupported-feature
 */
export async function openDataset(path: string, name: string = path): Promise<Dataset> {
  const source = { ...(await openFileSource(path)), name };
  try {
    const kind = await sniff(source);
    if (kind === "classic") return await openClassic(source);
    if (kind === "grib") return await openGrib(source);
    if (kind === "tiff") return await openTiff(source, zlibInflate);
  } catch (error) {
    await source.close();
    throw error;
  }
  await source.close();
  return openHdf5(path, name);
}

const headBytes = 128;

/** Tells the format of an open file by its content. @throws format-unknown */
async function sniff(source: ByteSource): Promise<"classic" | "hdf5" | "grib" | "tiff"> {
  const head = await source.read(0, Math.min(headBytes, source.sizeBytes));
  if (isClassic(head)) return "classic";
  for (const offset of hdf5SignatureOffsets) {
    if (offset + 8 > source.sizeBytes) break;
    if (isHdf5Signature(await source.read(offset, 8))) return "hdf5";
  }
  if (isTiff(head)) return "tiff";
  // A telecommunication heading may stand before the first message.
  if (findGrib(head) !== null) return "grib";
  throw new NereusError("format-unknown", { file: source.name, startsWith: describeHead(head.subarray(0, 8)) });
}

function describeHead(head: Uint8Array): string {
  if (head.length === 0) return "nothing: it is empty";
  const text = String.fromCharCode(...head);
  if (/^[\x20-\x7e]+$/.test(text)) return `“${text}”`;
  return [...head].map((byte) => byte.toString(16).padStart(2, "0")).join(" ");
}
