import { createHash } from "node:crypto";
import { open, rm } from "node:fs/promises";
import { NereusError } from "@/lib/errors";

/** A source that sends nothing for so long is given up, seconds. */
const stallSeconds = 60;

/**
 * Downloads an address to a new file, which is removed again when anything goes wrong.
 * @param wanted.sizeBytes,wanted.sha256 what has to arrive; null = unknown
 * @returns size and sha256 of what arrived
 * @throws file-unreadable (retryable for 429, 5xx and a broken line), file-truncated (retryable), artifact-changed
 */
export async function download(
  url: string,
  path: string,
  wanted: { readonly sizeBytes: number | null; readonly sha256: string | null },
): Promise<{ readonly sizeBytes: number; readonly sha256: string }> {
  const stalled = new AbortController();
  const watch = setTimeout(() => stalled.abort(new Error(`nothing came for ${stallSeconds} s`)), stallSeconds * 1000);
  try {
    const body = await request(url, stalled.signal);
    const got = await save(url, path, { body, limitBytes: wanted.sizeBytes, onBytes: () => void watch.refresh() });
    if (wanted.sizeBytes !== null && got.sizeBytes < wanted.sizeBytes) {
      const fields = { file: url, expectedBytes: wanted.sizeBytes, actualBytes: got.sizeBytes };
      throw new NereusError("file-truncated", fields, { retryable: true });
    }
    if (wanted.sha256 !== null && got.sha256 !== wanted.sha256)
      throw new NereusError("artifact-changed", { path: url, wanted: wanted.sha256, got: got.sha256 });
    return got;
  } catch (error) {
    await rm(path, { force: true });
    throw error;
  } finally {
    clearTimeout(watch);
  }
}

async function request(url: string, signal: AbortSignal): Promise<AsyncIterable<Uint8Array>> {
  const response = await fetch(url, { signal, headers: { "accept-encoding": "identity" } }).catch((cause: unknown) => {
    throw unreadable(url, cause);
  });
  if (response.ok && response.body !== null) return response.body;
  await response.body?.cancel();
  const retryable = response.status === 429 || response.status >= 500;
  throw new NereusError(
    "file-unreadable",
    { file: url, problem: `the server answered ${response.status}` },
    { retryable },
  );
}

async function save(
  url: string,
  path: string,
  from: { body: AsyncIterable<Uint8Array>; limitBytes: number | null; onBytes: () => void },
): Promise<{ sizeBytes: number; sha256: string }> {
  const hash = createHash("sha256");
  const file = await open(path, "wx");
  let sizeBytes = 0;
  try {
    for await (const bytes of from.body) {
      from.onBytes();
      sizeBytes += bytes.length;
      if (from.limitBytes !== null && sizeBytes > from.limitBytes)
        throw new NereusError("file-unreadable", { file: url, problem: `it is longer than ${from.limitBytes} bytes` });
      hash.update(bytes);
      await file.writeFile(bytes);
    }
    await file.sync();
  } catch (cause) {
    throw cause instanceof NereusError ? cause : unreadable(url, cause);
  } finally {
    await file.close();
  }
  return { sizeBytes, sha256: hash.digest("hex") };
}

function unreadable(url: string, cause: unknown): NereusError {
  const problem = cause instanceof Error ? cause.message : String(cause);
  return new NereusError("file-unreadable", { file: url, problem }, { cause, retryable: true });
}
