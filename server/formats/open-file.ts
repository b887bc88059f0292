import { stat } from "node:fs/promises";
import { NereusError } from "@/lib/errors";
import type { ByteSource } from "@/lib/formats/byte-source";
import type { Dataset } from "@/lib/formats/dataset";
import { memoryByteSource } from "@/lib/formats/memory-byte-source";
import { gunzipAtMost } from "@/server/formats/deflate";
import { isKnownHead, openDataset, openSource } from "@/server/formats/open-dataset";
import { isHdf5 } from "@/server/formats/open-netcdf";
import { openFileSource } from "@/server/storage/file-byte-source";

/** A file that was opened: arrays, or text. */
export type OpenedFile = { readonly sizeBytes: number } & ({ readonly dataset: Dataset } | { readonly text: string });

/** Most text and most unpacked gzip that is taken into memory, bytes. */
const maxTextBytes = 128 * 1024 * 1024;

/**
 * Opens a local file of any kind: a data set as `openDataset` does, text, or either of them inside gzip.
 * @param file.name what messages call it
 * @throws what `openDataset` throws; format-unknown for bytes that are neither a known format nor text
 */
export async function openFile(file: { readonly path: string; readonly name: string }): Promise<OpenedFile> {
  if ((await stat(file.path).catch(() => null))?.isDirectory())
    return { sizeBytes: 0, dataset: await openDataset(file.path, file.name) };
  const source = { ...(await openFileSource(file.path)), name: file.name };
  const { sizeBytes } = source;
  try {
    if (await isGzip(source)) return { sizeBytes, ...(await openUnpacked(source)) };
    const text = await readText(source);
    if (text !== null) return { sizeBytes, text };
  } finally {
    await source.close();
  }
  return { sizeBytes, dataset: await openDataset(file.path, file.name) };
}

async function isGzip(source: ByteSource): Promise<boolean> {
  const [first, second] = await source.read(0, Math.min(2, source.sizeBytes));
  return first === 0x1f && second === 0x8b;
}

async function openUnpacked(source: ByteSource): Promise<{ dataset: Dataset } | { text: string }> {
  if (source.sizeBytes > maxTextBytes) throw tooLarge(source, "gzip");
  const bytes = unpack(source, await source.read(0, source.sizeBytes));
  const inner = memoryByteSource(source.name, bytes);
  if (await isHdf5(inner))
    throw new NereusError("unsupported-feature", { file: source.name, feature: "HDF5 inside gzip" });
  const text = await readText(inner);
  return text === null ? { dataset: await openSource(inner) } : { text };
}

function unpack(source: ByteSource, bytes: Uint8Array): Uint8Array {
  try {
    return gunzipAtMost(bytes, maxTextBytes);
  } catch (cause) {
    const problem = `its gzip member cannot be opened: ${cause instanceof Error ? cause.message : String(cause)}`;
    throw new NereusError("format-invalid", { file: source.name, place: "byte 0", problem }, { cause });
  }
}

/** The text of a source; null where its first bytes are a known format or no text. */
async function readText(source: ByteSource): Promise<string | null> {
  const head = await source.read(0, Math.min(4096, source.sizeBytes));
  if (head.length === 0 || (await isDataset(source, head)) || !isText(head)) return null;
  if (source.sizeBytes > maxTextBytes) throw tooLarge(source, "text");
  const bytes = await source.read(0, source.sizeBytes);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("latin1").decode(bytes);
  }
}

async function isDataset(source: ByteSource, head: Uint8Array): Promise<boolean> {
  return isKnownHead(head) || (await isHdf5(source));
}

/** No control bytes but tabs and line ends. */
function isText(head: Uint8Array): boolean {
  return head.every((byte) => byte >= 0x20 || byte === 0x09 || byte === 0x0a || byte === 0x0d || byte === 0x0c);
}

function tooLarge(source: ByteSource, what: string): NereusError {
  return new NereusError("unsupported-feature", { file: source.name, feature: `${what} of ${source.sizeBytes} bytes` });
}
