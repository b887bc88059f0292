import { NereusError } from "@/lib/errors";
import type { ByteSource } from "@/lib/formats/byte-source";

/**
 * An HTTP resource read by byte ranges; the server must know them. Its first answer fixes size and ETag: later answers
 * about another version are refused.
 * @param options.timeoutSeconds  for each request, default 30
 * @throws {NereusError} file-unreadable (retryable for 429 and 5xx and for a broken line); unsupported-feature without
 *   ranges; file-truncated when fewer bytes come than asked
 */
export async function openHttpSource(
  url: string,
  options: { readonly timeoutSeconds?: number; readonly signal?: AbortSignal } = {},
): Promise<ByteSource> {
  const ask = (from: number, to: number, etag: string | null) => fetchRange(url, { from, to, etag, ...options });
  const first = await ask(0, 0, null);
  await first.body?.cancel();
  const total = /\/(\d+)$/.exec(first.headers.get("content-range") ?? "")?.[1];
  if (total === undefined) throw new NereusError("file-unreadable", { file: url, problem: "its size is not told" });
  const sizeBytes = Number(total);
  const etag = first.headers.get("etag");
  return {
    name: url,
    sizeBytes,
    async read(offset, length) {
      if (length === 0) return new Uint8Array(0);
      if (offset + length > sizeBytes) {
        throw new NereusError("file-truncated", { file: url, expectedBytes: offset + length, actualBytes: sizeBytes });
      }
      const response = await ask(offset, offset + length - 1, etag);
      const bytes = new Uint8Array(await response.arrayBuffer());
      if (bytes.length !== length) {
        const fields = { file: url, expectedBytes: offset + length, actualBytes: offset + bytes.length };
        throw new NereusError("file-truncated", fields, { retryable: true });
      }
      return bytes;
    },
    close: async () => undefined,
  };
}

type Range = {
  readonly from: number;
  readonly to: number;
  readonly etag: string | null;
  readonly timeoutSeconds?: number;
  readonly signal?: AbortSignal;
};

async function fetchRange(url: string, range: Range): Promise<Response> {
  const deadline = AbortSignal.timeout((range.timeoutSeconds ?? 30) * 1000);
  const headers = { range: `bytes=${range.from}-${range.to}`, "accept-encoding": "identity" };
  const response = await fetch(url, {
    headers,
    signal: range.signal === undefined ? deadline : AbortSignal.any([deadline, range.signal]),
  }).catch((error: unknown) => {
    range.signal?.throwIfAborted();
    const problem = error instanceof Error ? error.message : String(error);
    throw new NereusError("file-unreadable", { file: url, problem }, { cause: error, retryable: true });
  });
  const refuse = async (problem: string, retryable = false) => {
    await response.body?.cancel();
    return new NereusError("file-unreadable", { file: url, problem }, { retryable });
  };
  if (response.status === 200) {
    await response.body?.cancel();
    throw new NereusError("unsupported-feature", { file: url, feature: "a server without byte ranges" });
  }
  if (response.status !== 206) {
    throw await refuse(`the server answered ${response.status}`, response.status === 429 || response.status >= 500);
  }
  if (range.etag !== null && response.headers.get("etag") !== range.etag) {
    throw await refuse("it changed while it was being read", true);
  }
  return response;
}
