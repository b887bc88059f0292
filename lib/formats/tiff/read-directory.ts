import { NereusError } from "@/lib/errors";
import type { ByteSource } from "@/lib/formats/byte-source";
import { TagReader, type TiffEntry, type TiffOrder, typeSizesBytes } from "@/lib/formats/tiff/tag-values";

/** True when the bytes start a TIFF or BigTIFF file. */
export function isTiff(head: Uint8Array): boolean {
  const [a, b, c, d] = head;
  const isLittle = a === 0x49 && b === 0x49 && (c === 42 || c === 43) && d === 0;
  return isLittle || (a === 0x4d && b === 0x4d && c === 0 && (d === 42 || d === 43));
}

/** Directories of one file that are followed; a chain this long is a loop. */
const maxDirectories = 1000;
/** Tags of one directory; libtiff takes no more either. */
const maxEntries = 4096;

/**
 * Reads the first directory of a TIFF file, and follows the chain of the others to its end: a file whose chain is
 * broken was cut or damaged.
 * @throws format-invalid, file-truncated
 * Source: TIFF 6.0, section 2; BigTIFF by its design page at libtiff.
 */
export async function readFirstDirectory(source: ByteSource): Promise<TagReader> {
  const head = await source.read(0, Math.min(16, source.sizeBytes));
  const order = { isLittleEndian: head[0] === 0x49, isBig: head[2] === 43 || head[3] === 43 };
  if (head.length < (order.isBig ? 16 : 8))
    throw new NereusError("file-truncated", { file: source.name, expectedBytes: 16, actualBytes: source.sizeBytes });
  const view = new DataView(head.buffer, head.byteOffset, head.length);
  const first = order.isBig
    ? Number(view.getBigUint64(8, order.isLittleEndian))
    : view.getUint32(4, order.isLittleEndian);
  const directory = await readEntries(source, order, first);
  const seen = new Set([first]);
  for (let next = directory.next; next !== 0 && !seen.has(next) && seen.size < maxDirectories; ) {
    seen.add(next);
    next = (await readEntries(source, order, next)).next;
  }
  return new TagReader(source, order, directory.entries);
}

type Directory = { readonly entries: ReadonlyMap<number, TiffEntry>; readonly next: number };

async function readEntries(source: ByteSource, order: TiffOrder, offset: number): Promise<Directory> {
  const [countBytes, entryBytes, pointerBytes] = order.isBig ? [8, 20, 8] : [2, 12, 4];
  const refuse = (problem: string) =>
    new NereusError("format-invalid", { file: source.name, place: `its directory at byte ${offset}`, problem });
  if (offset < 8 || offset + countBytes > source.sizeBytes) throw refuse("there is none: the file ends before");
  const count = numberAt(viewOf(await source.read(offset, countBytes)), order, { at: 0, size: countBytes });
  if (count === 0 || count > maxEntries) throw refuse(`it claims ${count} entries`);
  const length = count * entryBytes;
  if (offset + countBytes + length > source.sizeBytes)
    throw refuse(`its ${count} entries go beyond the end of the file`);
  const view = viewOf(await source.read(offset + countBytes, length));
  const entries = new Map<number, TiffEntry>();
  for (let i = 0; i < count; i += 1) {
    const entry = readEntry(view, order, { at: i * entryBytes, base: offset + countBytes });
    // Of a tag given twice, the first counts.
    if (!entries.has(entry.tag)) entries.set(entry.tag, entry);
    if (!typeSizesBytes.has(entry.type) && !isKnownTag(entry.tag))
      throw refuse(`its tag ${entry.tag} has the type ${entry.type}, which does not exist`);
  }
  const end = offset + countBytes + length;
  // The pointer to the next directory may be left out at the very end of a file.
  if (end + pointerBytes > source.sizeBytes) return { entries, next: 0 };
  return {
    entries,
    next: numberAt(viewOf(await source.read(end, pointerBytes)), order, { at: 0, size: pointerBytes }),
  };
}

function readEntry(view: DataView, order: TiffOrder, { at, base }: { at: number; base: number }): TiffEntry {
  const { isBig, isLittleEndian } = order;
  const type = view.getUint16(at + 2, isLittleEndian);
  const size = isBig ? 8 : 4;
  const count = numberAt(view, order, { at: at + 4, size });
  const isInline = count * (typeSizesBytes.get(type) ?? 1) <= size;
  const place = at + 4 + size;
  const offset = isInline ? base + place : numberAt(view, order, { at: place, size });
  return { tag: view.getUint16(at, isLittleEndian), type, count, offset };
}

/** Baseline and extension tags with their neighbours, and the private ones of GeoTIFF, GDAL and Photoshop. */
function isKnownTag(tag: number): boolean {
  return (tag >= 254 && tag <= 352) || (tag >= 512 && tag <= 532) || tag >= 32_768;
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
}

/** 64-bit numbers beyond 2^53 lose their last digits, which lie beyond any file anyway. */
function numberAt(view: DataView, { isLittleEndian }: TiffOrder, { at, size }: { at: number; size: number }): number {
  if (size === 2) return view.getUint16(at, isLittleEndian);
  return size === 4 ? view.getUint32(at, isLittleEndian) : Number(view.getBigUint64(at, isLittleEndian));
}
