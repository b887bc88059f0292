import { NereusError } from "@/lib/errors";
import type { Connection } from "@/server/executors/connection/connection";

/** A file at a place. */
export type FilePlace = { readonly connection: Connection; readonly path: string };

/** Copies that arrive otherwise than they left are made anew so often. */
const mostTries = 3;

/**
 * Copies a file from one place to another as a stream: never whole in memory, under a temporary name until size and
 * sha256 are those of the source, then renamed. Its folder is made.
 * @param mark  part of the temporary name, so that two copies never write one file
 * @returns what was copied
 * @throws {NereusError} file-unreadable; artifact-changed when it arrives otherwise three times; disk-full (retryable)
 * Source: EXECUTION.md, D5 and D7.
 */
export async function transferFile(
  from: FilePlace,
  to: FilePlace,
  options: { readonly mark: string; readonly sha256?: string; readonly signal?: AbortSignal },
): Promise<{ readonly sizeBytes: number; readonly sha256: string }> {
  const { mark, signal } = options;
  const sha256 = options.sha256 ?? (await from.connection.hash(from.path, signal)).sha256;
  const part = `${to.path}.part-${mark}`;
  await to.connection.makeFolder(to.path.slice(0, to.path.lastIndexOf("/")), signal);
  let got = "";
  for (let tries = 0; tries < mostTries; tries += 1) {
    await to.connection.write(part, from.connection.read(from.path, { offset: 0, signal }), { offset: 0, signal });
    const arrived = await to.connection.hash(part, signal);
    if (arrived.sha256 === sha256) {
      await to.connection.rename(part, to.path, signal);
      return arrived;
    }
    got = arrived.sha256;
  }
  await to.connection.remove(part, signal);
  throw new NereusError("artifact-changed", { path: from.path, wanted: sha256, got });
}
