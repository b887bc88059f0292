import { NereusError } from "@/lib/errors";
import type { ByteSource } from "@/lib/formats/byte-source";
import type { Connection } from "@/server/executors/connection/connection";

/**
 * A file at a site as a byte source; every read is one call of the connection.
 * @param file.sizeBytes  as it was listed; what was added since is not read
 * @throws {NereusError} file-truncated where the file has become shorter; what the connection throws
 */
export function connectionByteSource(
  connection: Connection,
  file: { readonly path: string; readonly sizeBytes: number },
): ByteSource {
  const { path, sizeBytes } = file;
  return {
    name: path,
    sizeBytes,
    async read(offset, length) {
      const bytes = offset + length > sizeBytes ? new Uint8Array(0) : await connection.readFrom(path, offset, length);
      if (bytes.length === length) return bytes;
      throw new NereusError("file-truncated", {
        file: path,
        expectedBytes: offset + length,
        actualBytes: offset + bytes.length,
      });
    },
    close: async () => undefined,
  };
}
