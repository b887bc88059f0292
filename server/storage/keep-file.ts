import { createHash } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import { mkdir, rename, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { NereusError } from "@/lib/errors";
import { requireInnerPath } from "@/server/storage/require-inner-path";

/**
 * Copies a file of this machine below a folder, whole or not at all, and reads its size and hash on the way.
 * @throws {NereusError} file-unreadable; path-leaves-scratch; disk-full (retryable)
 */
export async function keepFile(
  from: string,
  to: { readonly folder: string; readonly path: string },
): Promise<{ readonly sizeBytes: number; readonly sha256: string }> {
  const target = join(to.folder, requireInnerPath(to.path));
  const about = await stat(from).catch((cause: unknown) => {
    throw unreadable(from, cause);
  });
  if (!about.isFile()) throw new NereusError("file-unreadable", { file: from, problem: "it is not a regular file" });
  await mkdir(dirname(target), { recursive: true });
  const hash = createHash("sha256");
  let sizeBytes = 0;
  const count = new Transform({
    transform: (chunk: Buffer, _encoding, next) => {
      hash.update(chunk);
      sizeBytes += chunk.length;
      next(null, chunk);
    },
  });
  try {
    await pipeline(createReadStream(from), count, createWriteStream(`${target}.part`));
  } catch (cause) {
    if (cause instanceof Error && "code" in cause && cause.code === "ENOSPC")
      throw new NereusError("disk-full", { path: to.folder }, { cause, retryable: true });
    throw unreadable(from, cause);
  }
  await rename(`${target}.part`, target);
  return { sizeBytes, sha256: hash.digest("hex") };
}

const unreadable = (file: string, cause: unknown): NereusError =>
  new NereusError(
    "file-unreadable",
    { file, problem: cause instanceof Error ? cause.message : String(cause) },
    { cause },
  );
