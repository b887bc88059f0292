import { randomUUID } from "node:crypto";
import { posix } from "node:path";
import { NereusError } from "@/lib/errors";
import { productPaths } from "@/lib/map/product";
import { canonicalJson } from "@/lib/pipeline/canonical-json";
import type { Connection } from "@/server/executors/connection/connection";
import { mapConcurrently } from "@/server/storage/map-concurrently";
import { requireInside } from "@/server/storage/require-inside";

export type StoredFile = { readonly path: string; readonly sizeBytes: number; readonly sha256: string };

/** Where a product's folder lies: `<root>/<folder>` on the machine behind `connection`. */
export type ProductFolder = { readonly connection: Connection; readonly root: string; readonly folder: string };

const hashedAtOnce = 2;

/**
 * Gives files of a fragment their names in the product's folder, one after the other as they are listed (metadata
 * first), each whole or absent. The fragment keeps its own names: other tasks may still be staged from there.
 * A file that is there already with the same content is left alone.
 * @throws {NereusError} artifact-changed when a stored or an offered file is not what `sha256` says;
 *   fragment-invalid when one is missing; path-leaves-scratch; disk-full (retryable)
 */
export async function storeFiles(store: ProductFolder, from: string, files: readonly StoredFile[]): Promise<void> {
  const { connection } = store;
  const folders = new Set<string>();
  // Two fragments may bring the same metadata file at once: each has its own temporary name.
  const mark = randomUUID();
  for (const file of files) {
    const target = `${store.root}/${store.folder}/${file.path}`;
    if (await isStored(connection, target, file)) continue;
    const source = await requireInside(connection, from, file.path);
    if (source === null) {
      throw new NereusError("fragment-invalid", { product: store.folder, problem: `${file.path} is not there` });
    }
    await requireContent(connection, source, file);
    const folder = posix.dirname(target);
    if (!folders.has(folder)) await connection.makeFolder(folder);
    folders.add(folder);
    await connection.place(source, target, mark);
  }
}

async function isStored(connection: Connection, target: string, file: StoredFile): Promise<boolean> {
  if ((await connection.realPath(target)) === null) return false;
  await requireContent(connection, target, file);
  return true;
}

async function requireContent(connection: Connection, path: string, file: StoredFile): Promise<void> {
  const { sha256 } = await connection.hash(path);
  if (sha256 !== file.sha256) {
    throw new NereusError("artifact-changed", { path: file.path, wanted: file.sha256, got: sha256 });
  }
}

/**
 * Writes `manifest.json`: every file of a closed product with size and sha256, and one hash over them all. The same
 * files give the same bytes.
 */
export async function writeManifest(store: ProductFolder): Promise<void> {
  const { connection } = store;
  const folder = `${store.root}/${store.folder}`;
  const own: readonly string[] = [productPaths.coverage, productPaths.manifest];
  const listed = (await connection.list(folder)).filter(
    ({ path, kind }) => kind === "file" && !own.includes(path) && !/\.(part|tmp)-[^./]*$/.test(path),
  );
  const files = await mapConcurrently(listed, hashedAtOnce, async ({ path }) => ({
    path,
    ...(await connection.hash(`${folder}/${path}`)),
  }));
  const contentSha256 = await hashText(canonicalJson(files));
  await connection.writeAtomically(`${folder}/${productPaths.manifest}`, canonicalJson({ contentSha256, files }));
}

async function hashText(text: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return Buffer.from(digest).toString("hex");
}

/** Replaces `coverage.json`; a reader sees the old or the new one. Not written when it says so already. */
export async function writeCoverage(store: ProductFolder, text: string): Promise<void> {
  const { connection } = store;
  const folder = `${store.root}/${store.folder}`;
  const path = `${folder}/${productPaths.coverage}`;
  const before = await connection.readFrom(path, 0, 64 * 1024 * 1024);
  if (new TextDecoder().decode(before) === text) return;
  await connection.makeFolder(folder);
  await connection.writeAtomically(path, text);
}
