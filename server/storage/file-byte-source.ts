import { open } from "node:fs/promises";
import { NereusError } from "@/lib/errors";
import type { ByteSource } from "@/lib/formats/byte-source";

/**
 * A file read at any offset. Its size is taken once: a file that shrinks afterwards is `file-truncated`.
 * @throws {NereusError} file-unreadable when it cannot be opened or is no regular file
 */
export async function openFileByteSource(path: string): Promise<ByteSource> {
  const file = await open(path, "r").catch((error: unknown) => {
    const problem = error instanceof Error ? error.message : String(error);
    throw new NereusError("file-unreadable", { file: path, problem }, { cause: error });
  });
  const about = await file.stat();
  if (!about.isFile()) {
    await file.close();
    throw new NereusError("file-unreadable", { file: path, problem: "it is not a regular file" });
  }
  return {
    name: path,
    sizeBytes: about.size,
    async read(offset, length) {
      const bytes = new Uint8Array(length);
      let filled = 0;
      while (filled < length) {
        const { bytesRead } = await file.read(bytes, filled, length - filled, offset + filled);
        if (bytesRead === 0) {
          const fields = { file: path, expectedBytes: offset + length, actualBytes: offset + filled };
          throw new NereusError("file-truncated", fields);
        }
        filled += bytesRead;
      }
      return bytes;
    },
    close: () => file.close(),
  };
}
