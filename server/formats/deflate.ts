import { promisify } from "node:util";
import { constants, deflateSync, gunzipSync, gzip as gzipInPool, inflateSync } from "node:zlib";

const gzipBytes = promisify(gzipInPool);

/**
 * Gzip at level 6 with no time and no system named in its header: the same bytes give the same member everywhere.
 * Several run at once in the threads of Node's pool. The window of 8 KiB, some rows of a field, takes 2 % more bytes and a
 * third of the time of the usual 32 KiB: what lies further back resembles nothing.
 */
export async function gzip(bytes: Uint8Array): Promise<Uint8Array> {
  const member = await gzipBytes(bytes, { level: 6, windowBits: 13 });
  member[9] = 255;
  return member;
}

/** Opens a gzip member. @throws an error of zlib for damaged bytes */
export function gunzip(bytes: Uint8Array): Uint8Array {
  return gunzipSync(bytes);
}

/** Opens a gzip member of unknown origin. @throws an error of zlib for damaged bytes or more than `maxBytes` */
export function gunzipAtMost(bytes: Uint8Array, maxBytes: number): Uint8Array {
  return gunzipSync(bytes, { maxOutputLength: maxBytes });
}

/** A zlib stream at level 6. */
export function zlibDeflate(bytes: Uint8Array): Uint8Array {
  return deflateSync(bytes, { level: 6 });
}

/**
 * Opens a zlib stream whose end may be absent.
 * @param maxBytes that are wanted; many more are an error
 * @throws an error of zlib for damaged bytes
 */
export function zlibInflate(bytes: Uint8Array, maxBytes: number): Uint8Array {
  // The last block of some writers has no end.
  const options = { maxOutputLength: Math.max(64, maxBytes + largestSlackBytes), finishFlush: constants.Z_SYNC_FLUSH };
  return inflateSync(bytes, options);
}

/** Writers that pad their last strip to full height make more bytes than its rows need. */
const largestSlackBytes = 64 * 1024 * 1024;
