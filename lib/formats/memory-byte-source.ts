import { NereusError } from "@/lib/errors";
import type { ByteSource } from "@/lib/formats/byte-source";

/** Bytes already in memory, such as a small upload or a file that a test wrote byte by byte. */
export function memoryByteSource(name: string, bytes: Uint8Array): ByteSource {
  return {
    name,
    sizeBytes: bytes.length,
    read: async (offset, length) => {
      if (offset + length > bytes.length)
        throw new NereusError("file-truncated", {
          file: name,
          expectedBytes: offset + length,
          actualBytes: bytes.length,
        });
      return bytes.subarray(offset, offset + length);
    },
    close: async () => undefined,
  };
}
