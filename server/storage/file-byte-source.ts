import { type FileHandle, open } from "node:fs/promises";
import { NereusError } from "@/lib/errors";
import type { ByteSource } from "@/lib/formats/byte-source";

/**
 * A local file as a byte source.
 * @throws file-unreadable when it is not there, not a file or not allowed; file-truncated when a read passes its end
 */
export async function openFileSource(path: string): Promise<ByteSource> {
  const handle = await openFile(path);
  try {
    const stat = await handle.stat();
    if (!stat.isFile()) throw new NereusError("file-unreadable", { file: path, problem: "it is not a regular file" });
    return {
      name: path,
      sizeBytes: stat.size,
      read: (offset, length) => readExactly(path, handle, { offset, length, sizeBytes: stat.size }),
      close: () => handle.close(),
    };
  } catch (error) {
    await handle.close();
    throw error;
  }
}

async function openFile(path: string): Promise<FileHandle> {
  try {
    return await open(path, "r");
  } catch (cause) {
    const problem = cause instanceof Error && "code" in cause ? describe(String(cause.code)) : String(cause);
    throw new NereusError("file-unreadable", { file: path, problem }, { cause });
  }
}

async function readExactly(
  path: string,
  handle: FileHandle,
  at: { offset: number; length: number; sizeBytes: number },
): Promise<Uint8Array> {
  // Before any memory is taken: a header may lie about lengths.
  if (at.offset + at.length > at.sizeBytes)
    throw new NereusError("file-truncated", {
      file: path,
      expectedBytes: at.offset + at.length,
      actualBytes: at.sizeBytes,
    });
  const bytes = new Uint8Array(at.length);
  let filled = 0;
  while (filled < at.length) {
    const { bytesRead } = await handle.read(bytes, filled, at.length - filled, at.offset + filled);
    if (bytesRead === 0)
      throw new NereusError("file-truncated", {
        file: path,
        expectedBytes: at.offset + at.length,
        actualBytes: at.offset + filled,
      });
    filled += bytesRead;
  }
  return bytes;
}

function describe(code: string): string {
  const known = new Map([
    ["ENOENT", "there is no such file"],
    ["EACCES", "reading it is not allowed"],
    ["EISDIR", "it is a folder"],
  ]);
  return known.get(code) ?? code;
}
