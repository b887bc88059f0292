import { isWhole } from "@/lib/formats/is-whole";
import type { OutputDefinition } from "@/lib/pipeline/definition";
import { addListing, finishedFiles, isOutput, type SeenFile, type Sightings } from "@/lib/pipeline/finished-files";
import { manifestName, type OutputDescription } from "@/lib/pipeline/output-manifest";
import type { Connection, ListedFile } from "@/server/executors/connection/connection";
import { connectionByteSource } from "@/server/storage/connection-byte-source";
import { mapConcurrently } from "@/server/storage/map-concurrently";
import { readManifest } from "@/server/storage/read-manifest";
import { requireInside } from "@/server/storage/require-inside";

/** A file that fulfils its commit rule; `path` is relative to `out/`. */
export type CollectedFile = { readonly path: string; readonly sizeBytes: number; readonly sha256: string };

/** The same with what the job's manifest tells about it. */
export type DescribedFile = CollectedFile & OutputDescription;

/** A file that is committed already, as it was then. */
export type KnownFile = CollectedFile & {
  readonly committedAt: Date;
  /** By this attempt; what an earlier one left is not in this `out/`. */
  readonly isOwn: boolean;
};

export type CollectRequest = {
  readonly outFolder: string;
  readonly outputs: readonly OutputDefinition[];
  /** True once the attempt has ended well: then every file counts, whatever its rule. */
  readonly ended: boolean;
  /** By path; they are read again only when they look otherwise. */
  readonly known: ReadonlyMap<string, KnownFile>;
  /** All files of `out/` with what they hold, where the runner told; absent, they are looked for and read. */
  readonly made?: readonly CollectedFile[];
  /** What earlier listings of a running attempt have shown; they may be lost, which delays `stable` files. */
  readonly seen?: Sightings;
  readonly at: Date;
};

export type Collected = {
  /** Files not yet known, by path. */
  readonly files: readonly DescribedFile[];
  /** Required patterns that nothing matches, known files included. */
  readonly missing: readonly string[];
  /** Files of a `stable` output that the attempt left cut off. */
  readonly cut: readonly string[];
  /** Known files that hold something else by now, as they are. */
  readonly changed: readonly CollectedFile[];
  /** For the next look. */
  readonly seen: Sightings;
};

const hashedAtOnce = 2;

/**
 * Looks for finished outputs of an attempt. Names that end in `.part` or `.tmp` are unfinished whatever the pattern.
 * @throws {NereusError} path-leaves-scratch for a symbolic link that points out of `out/`; manifest-invalid
 */
export async function collectOutputs(
  connection: Connection,
  request: CollectRequest,
  signal?: AbortSignal,
): Promise<Collected> {
  const { outFolder, known, outputs, ended } = request;
  const listed: readonly (CollectedFile | ListedFile)[] = request.made ?? (await connection.list(outFolder, signal));
  if (listed.length === 0 && known.size === 0) return nothing(outputs);
  const seen = addListing(request.seen ?? new Map(), listed.filter(isListed), request.at.getTime());
  const all = listed.map(({ path }) => path);
  const chosen = ended
    ? new Set(all.filter((path) => outputs.some((output) => isOutput(output, path, all))))
    : new Set(outputs.flatMap((output) => finishedFiles(output, seen, request.at.getTime())));
  const fresh = listed.filter(({ path }) => chosen.has(path) && !known.has(path));
  const cut = new Set(await findCut(connection, { outFolder, files: fresh, outputs }));

  const files = await mapConcurrently(
    fresh.filter(({ path }) => !cut.has(path)),
    hashedAtOnce,
    async (file) => ("sha256" in file ? file : readFile(connection, { outFolder, file }, signal)),
  );
  const present = [...known.keys(), ...chosen];
  const missing = outputs
    .filter((output) => output.required && !present.some((path) => isOutput(output, path, all)))
    .map(({ pattern }) => pattern);
  const changed = await findChanged(connection, { ...request, listed }, signal);
  const found = files.filter((file) => file !== null);
  const hasManifest = found.length > 0 && all.includes(manifestName);
  // Read after the files were seen: a job tells about a file before it gives it its name.
  const described = hasManifest
    ? await readManifest(connection, request, signal)
    : new Map<string, OutputDescription>();
  const told = found.map((file) => ({ ...file, ...described.get(file.path) }));
  return { files: told, missing, cut: [...cut], changed, seen };
}

const nothing = (outputs: readonly OutputDefinition[]): Collected => ({
  ...{ files: [], cut: [], changed: [], seen: new Map() },
  missing: outputs.filter(({ required }) => required).map(({ pattern }) => pattern),
});

const isListed = (file: CollectedFile | ListedFile): file is ListedFile => "modifiedMs" in file;

async function readFile(
  connection: Connection,
  { outFolder, file }: { readonly outFolder: string; readonly file: ListedFile },
  signal?: AbortSignal,
): Promise<CollectedFile | null> {
  const { path, kind } = file;
  const real = kind === "link" ? await requireInside(connection, outFolder, path, signal) : `${outFolder}/${path}`;
  return real === null ? null : { path, ...(await connection.hash(real, signal)) };
}

/** Files that only a `stable` output takes and that are shorter than their format says. */
async function findCut(
  connection: Connection,
  of: Pick<CollectRequest, "outFolder" | "outputs"> & { readonly files: readonly (CollectedFile | ListedFile)[] },
): Promise<readonly string[]> {
  const rules = (path: string) => of.outputs.filter((output) => isOutput(output, path, [path]));
  const doubtful = of.files.filter(
    (file) => !("kind" in file && file.kind === "link") && rules(file.path).every(({ commit }) => commit === "stable"),
  );
  const whole = await mapConcurrently(doubtful, hashedAtOnce, ({ path, sizeBytes }) =>
    isWhole(connectionByteSource(connection, { path: `${of.outFolder}/${path}`, sizeBytes })),
  );
  return doubtful.filter((_, index) => whole[index] === false).map(({ path }) => path);
}

/** Only a file whose size or time tells that something was written is read again. */
async function findChanged(
  connection: Connection,
  of: CollectRequest & { readonly listed: readonly (CollectedFile | ListedFile)[] },
  signal?: AbortSignal,
): Promise<readonly CollectedFile[]> {
  const own = of.listed.filter(({ path }) => of.known.get(path)?.isOwn);
  const now = await mapConcurrently(own, hashedAtOnce, async (file) => {
    if ("sha256" in file) return file;
    return looksTouched(file, of) ? readFile(connection, { ...of, file }, signal) : null;
  });
  return now.filter((file) => file !== null).filter(({ path, sha256 }) => sha256 !== of.known.get(path)?.sha256);
}

function looksTouched(file: SeenFile, { known, seen }: CollectRequest): boolean {
  const before = known.get(file.path);
  const sighting = seen?.get(file.path);
  if (before === undefined || before.sizeBytes !== file.sizeBytes) return true;
  return file.modifiedMs > (sighting?.modifiedMs ?? before.committedAt.getTime());
}
