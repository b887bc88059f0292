import { matchesGlob } from "@/lib/dag/glob";
import type { OutputDefinition } from "@/lib/pipeline/definition";
import { manifestName, type OutputDescription } from "@/lib/pipeline/output-manifest";
import type { Connection, ListedFile } from "@/server/executors/connection/connection";
import { mapConcurrently } from "@/server/storage/map-concurrently";
import { readManifest } from "@/server/storage/read-manifest";
import { requireInside } from "@/server/storage/require-inside";

/** A file that fulfils its commit rule; `path` is relative to `out/`. */
export type CollectedFile = { readonly path: string; readonly sizeBytes: number; readonly sha256: string };

/** The same with what the job's manifest tells about it. */
export type DescribedFile = CollectedFile & OutputDescription;

export type CollectRequest = {
  readonly outFolder: string;
  readonly outputs: readonly OutputDefinition[];
  /** True once the attempt has ended well: only then do `on-exit` patterns count. */
  readonly ended: boolean;
  /** Paths that are committed already; they are not read again. */
  readonly known: ReadonlySet<string>;
  /** All files of `out/` with what they hold, where the runner told; absent, they are looked for and read. */
  readonly made?: readonly CollectedFile[];
};

const hashedAtOnce = 2;

/**
 * Looks for finished outputs of an attempt. Names that end in `.part` or `.tmp` are unfinished whatever the pattern.
 * @returns files not yet known, by path; and required patterns that nothing matches, known files included
 * @throws {NereusError} path-leaves-scratch for a symbolic link that points out of `out/`; manifest-invalid
 */
export async function collectOutputs(
  connection: Connection,
  request: CollectRequest,
  signal?: AbortSignal,
): Promise<{ readonly files: readonly DescribedFile[]; readonly missing: readonly string[] }> {
  const { outFolder, known } = request;
  const rules = request.outputs.map((output) => ({
    ...output,
    matches: (path: string) => matchesGlob(output.pattern, path),
  }));
  const counted = rules.filter((rule) => rule.commit === "on-rename" || request.ended);
  const isFresh = ({ path }: { readonly path: string }) =>
    isFinished(path) && !known.has(path) && counted.some((rule) => rule.matches(path));

  const all = await listMade(connection, request, signal);
  const listed = all.filter(({ path }) => isFinished(path));
  const files = await mapConcurrently(listed.filter(isFresh), hashedAtOnce, async (file) =>
    "sha256" in file ? file : readFile(connection, { outFolder, file }, signal),
  );
  const present = [...known, ...listed.map(({ path }) => path)];
  const missing = rules.filter((rule) => rule.required && !present.some(rule.matches)).map((rule) => rule.pattern);
  const found = files.filter((file) => file !== null);
  if (found.length === 0 || !all.some(({ path }) => path === manifestName)) return { files: found, missing };
  // Read after the files were seen: a job tells about a file before it gives it its name.
  const described = await readManifest(connection, request, signal);
  return { files: found.map((file) => ({ ...file, ...described.get(file.path) })), missing };
}

async function listMade(
  connection: Connection,
  { made, outFolder }: CollectRequest,
  signal?: AbortSignal,
): Promise<readonly (CollectedFile | ListedFile)[]> {
  return made ?? connection.list(outFolder, signal);
}

async function readFile(
  connection: Connection,
  { outFolder, file }: { readonly outFolder: string; readonly file: ListedFile },
  signal?: AbortSignal,
): Promise<CollectedFile | null> {
  const { path, kind } = file;
  const real = kind === "link" ? await requireInside(connection, outFolder, path, signal) : `${outFolder}/${path}`;
  return real === null ? null : { path, ...(await connection.hash(real, signal)) };
}

/** Not half-written, nor on its way in by staging (`.part-<token>`), nor the job's own word about its files. */
const isFinished = (path: string): boolean => path !== manifestName && !/\.(part|tmp)(-[^./]*)?$/.test(path);
