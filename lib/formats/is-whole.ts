import { NereusError } from "@/lib/errors";
import type { ByteSource } from "@/lib/formats/byte-source";
import { isClassic, openClassic } from "@/lib/formats/classic/open-classic";
import { hdf5SignatureOffsets, isHdf5Signature } from "@/lib/formats/hdf5-signature";

/**
 * Whether a file is as long as its own format says it must be: classic NetCDF by its header, HDF5 (NetCDF-4) by the end
 * address of its superblock, GRIB by `7777` at its end. A file of another format is whole as it is; an empty one is not.
 * @param source  read in a few small pieces; not closed
 * @throws {NereusError} file-unreadable, what reading the source throws
 * Source: EXECUTION.md, section 10; HDF5 file format specification, II.A; WMO FM 92, section 8.
 */
export async function isWhole(source: ByteSource): Promise<boolean> {
  if (source.sizeBytes === 0) return false;
  const head = await source.read(0, Math.min(4, source.sizeBytes));
  if (isClassic(head)) return isWholeClassic(source);
  if (textOf(head) === "GRIB") return textOf(await source.read(source.sizeBytes - 4, 4)) === "7777";
  const superblock = await findSuperblock(source);
  return superblock === null || isWholeHdf5(source, superblock);
}

const textOf = (bytes: Uint8Array): string => String.fromCharCode(...bytes);

async function isWholeClassic(source: ByteSource): Promise<boolean> {
  try {
    await openClassic(source);
    return true;
  } catch (error) {
    // A header that is not written yet can look like anything.
    if (error instanceof NereusError && ["file-truncated", "format-invalid"].includes(error.code)) return false;
    throw error;
  }
}

const signatureBytes = 8;
/** Longest superblock up to its end address, with addresses of 8 bytes: version 1. */
const superblockBytes = 56;

async function findSuperblock(source: ByteSource): Promise<number | null> {
  for (const offset of hdf5SignatureOffsets) {
    if (offset + signatureBytes > source.sizeBytes) return null;
    if (isHdf5Signature(await source.read(offset, signatureBytes))) return offset;
  }
  return null;
}

/** The end address is one of the file, a user block before the superblock included. */
async function isWholeHdf5(source: ByteSource, offset: number): Promise<boolean> {
  const bytes = await source.read(offset, Math.min(superblockBytes, source.sizeBytes - offset));
  const version = bytes[signatureBytes] ?? 0;
  // Who writes it marks it so from version 3 on.
  if (version === 3 && ((bytes[11] ?? 0) & 1) === 1) return false;
  const addressBytes = bytes[version < 2 ? 13 : 9] ?? 8;
  const base = version === 0 ? 24 : version === 1 ? 28 : 12;
  const endAddress = readAddress(bytes, base + 2 * addressBytes, addressBytes);
  return endAddress !== null && source.sizeBytes >= endAddress;
}

/** Little-endian; null where the bytes end before it does, and for the address that means none. */
function readAddress(bytes: Uint8Array, at: number, length: number): number | null {
  if (at + length > bytes.length) return null;
  const part = bytes.subarray(at, at + length);
  if (part.every((byte) => byte === 0xff)) return null;
  return part.reduceRight((sum, byte) => sum * 256 + byte, 0);
}
