import { lstat, readdir, realpath } from "node:fs/promises";
import { join } from "node:path";
import { isGlob, matchesGlob } from "@/lib/dag/glob";
import { NereusError } from "@/lib/errors";

export type SeenFile = { readonly path: string; readonly sizeBytes: number; readonly modifiedMs: number };

/** Names that one look reads at most; a pattern that needs more is too wide to be looked at every few seconds. */
const mostNames = 100_000;

/**
 * Files of this machine that match a pattern, by path; names that end in `.part` or `.tmp` are unfinished.
 * @param pattern  absolute; `**` only as a whole segment crosses folders
 * @param roots    absolute folders; neither the pattern nor a symbolic link may lead out of them
 * @throws {NereusError} path-not-allowed; pattern-too-wide
 */
export async function lookAtFiles(pattern: string, roots: readonly string[]): Promise<readonly SeenFile[]> {
  const segments = pattern.split("/").filter((segment) => segment !== "");
  if (segments.includes("..") || !isBelow(pattern, roots)) throw notAllowed(pattern, roots);
  const firstWild = segments.findIndex(isGlob);
  const fixed = firstWild < 0 ? segments.length - 1 : firstWild;
  const base = `/${segments.slice(0, fixed).join("/")}`;
  const realRoots = (await Promise.all(roots.map(resolved))).filter((root) => root !== null);
  const realBase = await resolved(base);
  if (realBase === null) return [];
  if (!isBelow(`${realBase}/x`, realRoots)) throw notAllowed(base, roots);
  const names = await namesBelow(base, { wanted: segments.slice(fixed).join("/"), pattern });
  const seen = await Promise.all(names.map((name) => describe(join(base, name), realRoots)));
  return seen.filter((file) => file !== null);
}

/**
 * Where a file that was seen lies now, its links followed.
 * @throws {NereusError} path-not-allowed when that is outside of the roots, or nowhere
 */
export async function demandBelow(path: string, roots: readonly string[]): Promise<string> {
  const real = await resolved(path);
  const realRoots = (await Promise.all(roots.map(resolved))).filter((root) => root !== null);
  if (real === null || !isBelow(real, realRoots)) throw notAllowed(path, roots);
  return real;
}

const isBelow = (path: string, roots: readonly string[]): boolean =>
  roots.some((root) => path.startsWith(root.endsWith("/") ? root : `${root}/`));

const notAllowed = (path: string, roots: readonly string[]) =>
  new NereusError("path-not-allowed", { path, roots: roots.join(", ") || "none" });

async function resolved(path: string): Promise<string | null> {
  return orNull(realpath(path));
}

/** Paths below a folder that match; iterative, and no deeper than the pattern reaches. */
async function namesBelow(
  base: string,
  of: { readonly wanted: string; readonly pattern: string },
): Promise<readonly string[]> {
  const depth = of.wanted.includes("**") ? Number.POSITIVE_INFINITY : of.wanted.split("/").length;
  const found: string[] = [];
  const folders = [""];
  let read = 0;
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    const entries = (await orNull(readdir(join(base, folder), { withFileTypes: true }))) ?? [];
    read += entries.length;
    if (read > mostNames) throw new NereusError("pattern-too-wide", { pattern: of.pattern, limit: mostNames });
    for (const entry of entries) {
      const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory()) {
        if (path.split("/").length < depth) folders.push(path);
      } else if (matchesGlob(of.wanted, path) && !/\.(part|tmp)(-[^./]*)?$/.test(path)) found.push(path);
    }
  }
  return found.sort();
}

async function describe(path: string, roots: readonly string[]): Promise<SeenFile | null> {
  const real = await resolved(path);
  if (real === null || !isBelow(real, roots)) return null;
  const stats = await orNull(lstat(real));
  return stats?.isFile() ? { path, sizeBytes: stats.size, modifiedMs: stats.mtimeMs } : null;
}

/** What is not there, or not for us to read, is not there. */
async function orNull<Value>(asked: Promise<Value>): Promise<Value | null> {
  try {
    return await asked;
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : null;
    if (code === "ENOENT" || code === "ENOTDIR" || code === "EACCES" || code === "ELOOP") return null;
    throw error;
  }
}
