import { createHash } from "node:crypto";
import { copyFile, mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { StoreFile } from "@/lib/formats/store-file";
import type { Fragment } from "@/lib/map/product";

/** A file of a fragment: bytes at hand, or a file that is copied as it is. */
export type FragmentFile = StoreFile | { readonly path: string; readonly copyOf: string };

/**
 * Writes the files of a fragment below `out/files/` in the order given (metadata first) and, when all are there,
 * `out/fragment.json` by rename.
 * @returns the fragment with size and sha256 of every file
 */
export async function writeFragment(
  out: string,
  fragment: Omit<Fragment, "files">,
  files: Iterable<FragmentFile> | AsyncIterable<FragmentFile>,
): Promise<Fragment> {
  const listed: Fragment["files"][number][] = [];
  for await (const file of files) {
    const target = join(out, "files", file.path);
    await mkdir(dirname(target), { recursive: true });
    const bytes = "copyOf" in file ? await readFile(file.copyOf) : file.bytes;
    if ("copyOf" in file) await copyFile(file.copyOf, target);
    else await writeFile(target, bytes);
    listed.push({ path: file.path, sizeBytes: bytes.length, sha256: sha256(bytes) });
  }
  const whole: Fragment = { ...fragment, files: listed };
  const path = join(out, "fragment.json");
  await writeFile(`${path}.part`, JSON.stringify(whole));
  await rename(`${path}.part`, path);
  return whole;
}

/** sha256 of bytes, hexadecimal. */
function sha256(bytes: Uint8Array | string): string {
  return createHash("sha256").update(bytes).digest("hex");
}
