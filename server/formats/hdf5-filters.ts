import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

/** Filters of HDF5 that data in use are compressed with, beside those that the library has itself. */
const names = ["lzf", "lz4", "zstd", "bshuf", "blosc", "bz2"];

/**
 * The filters as files to be written for the library, by name. A bundled program carries them (`tools/bundle.mjs` puts
 * another body into this module), so that it needs no packages beside it.
 */
export function hdf5Filters(): ReadonlyMap<string, Uint8Array> {
  const require = createRequire(import.meta.url);
  const folder = join(dirname(require.resolve("h5wasm-plugins")), "plugins");
  return new Map(names.map((name) => [`libH5Z${name}.so`, readFileSync(join(folder, `libH5Z${name}.so`))]));
}
