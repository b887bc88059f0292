import { type StoredIntegers, undoDelta } from "@/lib/map/decode-chunk";
import type { Packing } from "@/lib/map/product";

/** Fetches and decodes one chunk of the store; throws when it is not there or not whole. */
export async function fetchChunk(
  address: string,
  chunk: { readonly dtype: Packing["dtype"]; readonly cells: number; readonly signal: AbortSignal },
): Promise<StoredIntegers> {
  const response = await fetch(address, { signal: chunk.signal });
  if (!response.ok || !response.body) throw new Error(`${address} answered ${response.status}`);
  // The browser inflates outside the page's own thread; what is left takes about a millisecond.
  const bytes = await new Response(response.body.pipeThrough(new DecompressionStream("gzip"))).arrayBuffer();
  return undoDelta(bytes, chunk.dtype, chunk.cells);
}
