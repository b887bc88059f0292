import { createReadStream } from "node:fs";
import { realpath, stat } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import type { ReadableStream } from "node:stream/web";
import { isNereusError } from "@/lib/errors";
import { requireInnerPath } from "@/server/storage/require-inner-path";

/** A published file; nothing is open until `stream` is called. */
export type StoredFile = {
  readonly sizeBytes: number;
  readonly modifiedMs: number;
  /** Strong: another content never has the same. Quoted, as HTTP wants it. */
  readonly etag: string;
  /** Bytes `from` to `to`, both counted; the file is closed at the end or when the stream is cancelled. */
  stream(from: number, to: number): ReadableStream<Uint8Array>;
};

/**
 * Finds a regular file below `root`.
 * @returns null when nothing is there, and for every path or link that leads out of `root`
 */
export async function findStoredFile(root: string, path: string): Promise<StoredFile | null> {
  try {
    requireInnerPath(path);
    const [realRoot, real] = await Promise.all([realpath(root), realpath(join(root, path))]);
    if (!real.startsWith(`${realRoot}/`)) return null;
    const about = await stat(real);
    if (!about.isFile()) return null;
    return {
      sizeBytes: about.size,
      modifiedMs: about.mtimeMs,
      etag: `"${about.ino.toString(36)}-${about.size.toString(36)}-${Math.round(about.mtimeMs * 1000).toString(36)}"`,
      stream: (from, to) => Readable.toWeb(createReadStream(real, { start: from, end: to })),
    };
  } catch (error) {
    if (isNereusError(error, "path-leaves-scratch") || isAbsent(error)) return null;
    throw error;
  }
}

const isAbsent = (error: unknown): boolean =>
  error instanceof Error &&
  "code" in error &&
  ["ENOENT", "ENOTDIR", "ELOOP", "ENAMETOOLONG"].includes(String(error.code));
