import { deflateSync, gunzipSync, gzipSync } from "node:zlib";

/** Gzip at level 6 with no time and no system named in its header: the same bytes give the same member everywhere. */
export function gzip(bytes: Uint8Array): Uint8Array {
  const member = gzipSync(bytes, { level: 6 });
  member[9] = 255;
  return member;
}

/** Opens a gzip member. @throws an error of zlib for damaged bytes */
export function gunzip(bytes: Uint8Array): Uint8Array {
  return gunzipSync(bytes);
}

/** A zlib stream at level 6. */
export function zlibDeflate(bytes: Uint8Array): Uint8Array {
  return deflateSync(bytes, { level: 6 });
}
