import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

/**
 * The OpenJPEG library as WebAssembly. A bundled program carries it (`tools/bundle.mjs` puts another body into this module),
 * so that it needs no packages beside it.
 */
export function openJpegBinary(): Uint8Array {
  return readFileSync(createRequire(import.meta.url).resolve("@cornerstonejs/codec-openjpeg/decodewasm"));
}
