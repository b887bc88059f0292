import { BrokenBlock } from "@/lib/formats/tiff/lzw";

/**
 * PackBits: runs and literals of bytes. More bytes than wanted are left.
 * @throws BrokenBlock where the data end early
 * Source: TIFF 6.0, section 9.
 */
export function decodePackBits(data: Uint8Array, wantedBytes: number): Uint8Array {
  const out = new Uint8Array(wantedBytes);
  let [at, written] = [0, 0];
  while (written < wantedBytes) {
    const head = data[at];
    if (head === undefined) throw new BrokenBlock(`it ends after ${written} of ${wantedBytes} bytes`);
    at += 1;
    if (head === 128) continue;
    const length = head > 128 ? 257 - head : head + 1;
    const taken = Math.min(length, wantedBytes - written);
    if (head > 128) {
      const value = data[at];
      if (value === undefined) throw new BrokenBlock(`it ends after ${written} of ${wantedBytes} bytes`);
      out.fill(value, written, written + taken);
      at += 1;
    } else {
      if (at + taken > data.length) throw new BrokenBlock(`it ends after ${written} of ${wantedBytes} bytes`);
      out.set(data.subarray(at, at + taken), written);
      at += length;
    }
    written += taken;
  }
  return out;
}
