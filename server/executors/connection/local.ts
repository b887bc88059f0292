import { createHash, randomUUID } from "node:crypto";
import { constants, createReadStream } from "node:fs";
import {
  copyFile,
  type FileHandle,
  link,
  lstat,
  mkdir,
  open,
  readdir,
  realpath,
  rename,
  rm,
  unlink,
} from "node:fs/promises";
import { dirname, join } from "node:path";
import { NereusError } from "@/lib/errors";
import type { Connection, ListedFile } from "@/server/executors/connection/connection";
import { execLocal } from "@/server/executors/connection/exec-local";
import { hasErrorCode } from "@/server/executors/connection/has-error-code";

/**
 * The machine that this process runs on.
 * @throws {NereusError} disk-full when a write finds no space; other failures of the file system as node gives them
 */
export function localConnection(): Connection {
  return {
    kind: "local",
    exec: execLocal,
    list,
    readFrom,
    writeAtomically,
    read,
    write,
    makeFolder: async (path) => {
      await whole(path, () => mkdir(path, { recursive: true }));
    },
    rename: (from, to) => rename(from, to),
    place,
    realPath,
    hash,
    remove: (path) => rm(path, { recursive: true, force: true }),
    close: async () => undefined,
  };
}

async function list(folder: string, signal?: AbortSignal): Promise<readonly ListedFile[]> {
  const found: ListedFile[] = [];
  const folders = [""];
  for (let below = folders.pop(); below !== undefined; below = folders.pop()) {
    signal?.throwIfAborted();
    for (const entry of await entriesOf(join(folder, below))) {
      const path = below === "" ? entry.name : `${below}/${entry.name}`;
      if (entry.isDirectory()) folders.push(path);
      else if (entry.isFile() || entry.isSymbolicLink()) {
        const about = await unlessGone(lstat(join(folder, path)));
        if (about === null) continue;
        const kind = entry.isSymbolicLink() ? "link" : "file";
        found.push({ path, kind, sizeBytes: about.size, modifiedMs: about.mtimeMs });
      }
    }
  }
  return found.sort((a, b) => (a.path < b.path ? -1 : 1));
}

const entriesOf = async (folder: string) => (await unlessGone(readdir(folder, { withFileTypes: true }))) ?? [];

async function readFrom(path: string, offset: number, length: number): Promise<Uint8Array> {
  const file = await unlessGone(open(path, "r"));
  if (file === null) return new Uint8Array(0);
  try {
    const bytes = new Uint8Array(Math.max(0, Math.min(length, (await file.stat()).size - offset)));
    let filled = 0;
    while (filled < bytes.length) {
      const { bytesRead } = await file.read(bytes, filled, bytes.length - filled, offset + filled);
      if (bytesRead === 0) break;
      filled += bytesRead;
    }
    return bytes.subarray(0, filled);
  } finally {
    await file.close();
  }
}

async function writeAtomically(path: string, content: Uint8Array | string, options: { mode?: number } = {}) {
  const temporary = `${path}.tmp-${randomUUID()}`;
  await whole(path, async () => {
    const file = await open(temporary, "wx", options.mode ?? 0o644);
    try {
      await fill(file, content);
    } catch (error) {
      await unlink(temporary);
      throw error;
    }
    await rename(temporary, path);
    await sync(dirname(path));
  });
}

async function fill(file: FileHandle, content: Uint8Array | string): Promise<void> {
  try {
    await file.writeFile(content);
    await file.sync();
  } finally {
    await file.close();
  }
}

async function* read(path: string, options: { offset: number; signal?: AbortSignal }): AsyncGenerator<Uint8Array> {
  try {
    yield* createReadStream(path, { start: options.offset, highWaterMark: 1 << 20, signal: options.signal });
  } catch (error) {
    if (!hasErrorCode(error, "ENOENT", "EACCES", "EISDIR")) throw error;
    const problem = error instanceof Error ? error.message : "";
    throw new NereusError("file-unreadable", { file: path, problem }, { cause: error });
  }
}

async function write(
  path: string,
  content: AsyncIterable<Uint8Array>,
  { offset, signal }: { offset: number; signal?: AbortSignal },
): Promise<void> {
  await whole(path, async () => {
    const file = await open(path, offset === 0 ? "w" : "r+");
    try {
      await file.truncate(offset);
      let at = offset;
      for await (const piece of content) {
        signal?.throwIfAborted();
        await file.write(piece, 0, piece.length, at);
        at += piece.length;
      }
      await file.sync();
    } finally {
      await file.close();
    }
  });
}

async function place(from: string, to: string, mark: string): Promise<void> {
  const temporary = `${to}.part-${mark}`;
  await rm(temporary, { force: true });
  try {
    await link(from, temporary);
  } catch (error) {
    // Another file system, too many links, or a file system without hard links.
    if (!hasErrorCode(error, "EXDEV", "EMLINK", "EPERM", "ENOTSUP", "EOPNOTSUPP")) throw error;
    await whole(to, () => copyFile(from, temporary, constants.COPYFILE_FICLONE));
  }
  // The database says that a step is there right after: its bytes and its name must outlive a power cut.
  await sync(temporary);
  await rename(temporary, to);
  // When both names are already one file, rename(2) does nothing and leaves the temporary one.
  await rm(temporary, { force: true });
  await sync(dirname(to));
}

async function sync(path: string): Promise<void> {
  const file = await open(path, "r");
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}

const realPath = (path: string): Promise<string | null> => unlessGone(realpath(path));

async function hash(path: string, signal?: AbortSignal): Promise<{ sizeBytes: number; sha256: string }> {
  const digest = createHash("sha256");
  let sizeBytes = 0;
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20, signal })) {
    digest.update(chunk);
    sizeBytes += chunk.length;
  }
  return { sizeBytes, sha256: digest.digest("hex") };
}

/** Null when the file or folder is not there (any more): others may remove it while we look. */
async function unlessGone<T>(looking: Promise<T>): Promise<T | null> {
  try {
    return await looking;
  } catch (error) {
    if (hasErrorCode(error, "ENOENT", "ENOTDIR")) return null;
    throw error;
  }
}

/** Turns the system's ways of saying that no space is left into one sentence for people. */
async function whole<T>(path: string, write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    if (hasErrorCode(error, "ENOSPC", "EDQUOT")) {
      throw new NereusError("disk-full", { path }, { cause: error, retryable: true });
    }
    throw error;
  }
}
