import { createWriteStream } from "node:fs";
import { rename, rm } from "node:fs/promises";
import { Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { NereusError } from "@/lib/errors";
import { askServer } from "@/server/storage/ask-server";

const defaultLargestBytes = 16 * 1024 ** 3;

/**
 * Fetches a resource whole into a file, which appears by rename.
 * @throws {NereusError} address-refused; server-silent (retryable) for other answers than 200 and broken lines;
 *   file-truncated (retryable) when fewer bytes came than announced; disk-full
 */
export async function fetchResource(
  url: string,
  path: string,
  options: {
    readonly timeoutSeconds: number;
    readonly privateHosts: readonly string[];
    /** Default 16 GiB. */
    readonly largestBytes?: number;
    readonly signal?: AbortSignal;
  },
): Promise<void> {
  const { largestBytes = defaultLargestBytes } = options;
  const { status, headers, body } = await askServer(url, { ...options, method: "GET" });
  const silent = (problem: string, cause?: unknown) =>
    new NereusError("server-silent", { url, problem }, { cause, retryable: true });
  if (status !== 200) {
    body.destroy();
    throw silent(`the server answered ${status}`);
  }
  let received = 0;
  const count = new Transform({
    transform(chunk: Buffer, _, done) {
      received += chunk.length;
      done(received > largestBytes ? silent(`it is larger than ${largestBytes} bytes`) : null, chunk);
    },
  });
  const part = `${path}.part`;
  try {
    await pipeline(body, count, createWriteStream(part, { flush: true }));
  } catch (error) {
    await rm(part, { force: true });
    if (error instanceof Error && "code" in error && error.code === "ENOSPC")
      throw new NereusError("disk-full", { path: part }, { cause: error, retryable: true });
    throw error instanceof NereusError ? error : silent(String(error), error);
  }
  const announced = headers["content-length"];
  if (announced !== undefined && received !== Number(announced)) {
    await rm(part, { force: true });
    const fields = { file: url, expectedBytes: Number(announced), actualBytes: received };
    throw new NereusError("file-truncated", fields, { retryable: true });
  }
  await rename(part, path);
}
