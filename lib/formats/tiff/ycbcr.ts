/**
 * Luminance and colour differences of 8 bits, three bytes per pixel, as red, green and blue.
 * Source: ITU-R BT.601 as JFIF uses it.
 */
export function yCbCrToRgb(bytes: Uint8Array): Uint8Array {
  const out = new Uint8ClampedArray(bytes.length);
  for (let at = 0; at + 2 < bytes.length; at += 3) {
    const [y, cb, cr] = [bytes[at] ?? 0, (bytes[at + 1] ?? 0) - 128, (bytes[at + 2] ?? 0) - 128];
    out[at] = y + 1.402 * cr;
    out[at + 1] = y - 0.344136 * cb - 0.714136 * cr;
    out[at + 2] = y + 1.772 * cb;
  }
  return new Uint8Array(out.buffer);
}
