import { createWriteStream } from "node:fs";
import { mkdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { z } from "zod";
import { NereusError } from "@/lib/errors";

/** What a server said of the version that lies on disk, in `<path>.source.json`. */
const versionSchema = z.object({
  etag: z.string().nullable(),
  modified: z.string().nullable(),
  size: z.string().nullable(),
});
type Version = z.infer<typeof versionSchema>;

const largestBytes = 16 * 1024 ** 3;

/**
 * Keeps a copy of an HTTP resource: asks (HEAD) whether it changed and fetches it whole only then. The file appears by
 * rename.
 * @returns `absent` for 404 and 410, else whether a new version was fetched
 * @throws {NereusError} file-unreadable (retryable) for other answers and broken lines; file-truncated when fewer bytes
 *   came than announced
 */
export async function downloadFile(
  url: string,
  path: string,
  options: { readonly timeoutSeconds: number; readonly signal?: AbortSignal },
): Promise<"absent" | "unchanged" | "fetched"> {
  const head = await ask(url, "HEAD", { ...options, timeoutSeconds: 20 });
  if (isAbsent(head.status)) return "absent";
  const kept = await readVersion(path);
  // A server without HEAD cannot say whether the file changed: what is kept stays.
  if (kept !== null && (head.status === 405 || head.status === 501 || isSame(kept, versionOf(head))))
    return "unchanged";

  const response = await ask(url, "GET", options);
  if (isAbsent(response.status)) return "absent";
  if (response.status !== 200 || response.body === null) {
    await response.body?.cancel();
    throw unreadable(url, `the server answered ${response.status}`);
  }
  const version = versionOf(response);
  await mkdir(dirname(path), { recursive: true });
  await save(url, response.body, { part: `${path}.part`, announced: version.size });
  await rm(sidecar(path), { force: true });
  await rename(`${path}.part`, path);
  await writeFile(sidecar(path), JSON.stringify(version));
  return "fetched";
}

/** Removes a kept copy; absent is fine. */
export async function forgetDownload(path: string): Promise<void> {
  for (const name of [sidecar(path), path]) await rm(name, { force: true });
}

const sidecar = (path: string): string => `${path}.source.json`;
const isAbsent = (status: number): boolean => status === 404 || status === 410;
const unreadable = (file: string, problem: string, cause?: unknown) =>
  new NereusError("file-unreadable", { file, problem }, { cause, retryable: true });

async function ask(
  url: string,
  method: "HEAD" | "GET",
  options: { readonly timeoutSeconds: number; readonly signal?: AbortSignal },
): Promise<Response> {
  const deadline = AbortSignal.timeout(options.timeoutSeconds * 1000);
  const signal = options.signal === undefined ? deadline : AbortSignal.any([deadline, options.signal]);
  try {
    return await fetch(url, { method, signal, headers: { "accept-encoding": "identity" } });
  } catch (error) {
    options.signal?.throwIfAborted();
    throw unreadable(url, error instanceof Error ? error.message : String(error), error);
  }
}

async function save(
  url: string,
  body: NonNullable<Response["body"]>,
  target: { readonly part: string; readonly announced: string | null },
): Promise<void> {
  let received = 0;
  const count = new Transform({
    transform(chunk: Buffer, _, done) {
      received += chunk.length;
      done(received > largestBytes ? unreadable(url, "it is larger than 16 GiB") : null, chunk);
    },
  });
  try {
    await pipeline(chunksOf(body), count, createWriteStream(target.part, { flush: true }));
  } catch (error) {
    await rm(target.part, { force: true });
    if (error instanceof Error && "code" in error && error.code === "ENOSPC") {
      throw new NereusError("disk-full", { path: target.part }, { cause: error, retryable: true });
    }
    throw error instanceof NereusError ? error : unreadable(url, String(error), error);
  }
  if (target.announced !== null && received !== Number(target.announced)) {
    await rm(target.part, { force: true });
    const fields = { file: url, expectedBytes: Number(target.announced), actualBytes: received };
    throw new NereusError("file-truncated", fields, { retryable: true });
  }
}

async function* chunksOf(body: NonNullable<Response["body"]>): AsyncGenerator<Uint8Array> {
  const reader = body.getReader();
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) yield next.value;
  } finally {
    await reader.cancel();
  }
}

const versionOf = ({ headers }: Response): Version => ({
  etag: headers.get("etag"),
  modified: headers.get("last-modified"),
  size: headers.get("content-length"),
});

const isSame = (a: Version, b: Version): boolean =>
  (a.etag !== null || a.modified !== null || a.size !== null) &&
  a.etag === b.etag &&
  a.modified === b.modified &&
  a.size === b.size;

async function readVersion(path: string): Promise<Version | null> {
  try {
    await stat(path);
    const parsed = versionSchema.safeParse(JSON.parse(await readFile(sidecar(path), "utf8")));
    return parsed.success ? parsed.data : null;
  } catch (error) {
    if (error instanceof SyntaxError || (error instanceof Error && "code" in error && error.code === "ENOENT"))
      return null;
    throw error;
  }
}
