import { NereusError } from "@/lib/errors";
import { asId, type ProductId } from "@/lib/ids";
import { type FolderParts, hourFileName, parseFilePath } from "@/lib/map/file-grammar";
import { productPaths } from "@/lib/map/product";
import { findHours, type HourFile, type HoursContext } from "@/server/services/open-data/find-hours";
import { readChecksum } from "@/server/services/open-data/read-checksum";
import { viewerOf } from "@/server/services/products/viewer-of";
import { type ProductWithRun, readNewestOfProduct, readProductIds } from "@/server/store/product";

/** One line of a listing; a folder's name ends with `/`. */
export type FileEntry = {
  readonly name: string;
  /** Address of the run that gives the file, which never changes; null for folders and checksums. */
  readonly immutable: string | null;
};

export type OpenFilesAnswer =
  | {
      readonly kind: "listing";
      /** Path below `/files` with `/` at its end; empty at the top. */
      readonly folder: string;
      readonly entries: readonly FileEntry[];
      readonly licence: string | null;
      readonly citation: string | null;
    }
  | { readonly kind: "file"; readonly productId: ProductId; readonly run: string; readonly path: string }
  | { readonly kind: "checksum"; readonly text: string };

/** Runs that are looked through for the files of one product. */
const mostPublications = 400;

/**
 * What a path below `/files` holds, of what the actor may see. A file's path gives the newest run that holds the valid
 * time; the listing names the address of that very run beside it.
 * @throws {NereusError} open-file-unknown
 */
export async function browseFiles(ctx: HoursContext, segments: readonly string[]): Promise<OpenFilesAnswer> {
  const asked = parseFilePath(segments);
  const unknown = () => new NereusError("open-file-unknown", { path: segments.join("/") });
  if (asked === null) throw unknown();
  const { parts } = asked;
  if (parts.product === undefined) return listing(segments, (await visibleProducts(ctx)).map(asFolder), null);
  const publications = (await publicationsOf(ctx, parts.product)).filter(
    ({ description }) => parts.domain === undefined || description.domain === parts.domain,
  );
  const [newest] = publications;
  if (newest === undefined) throw unknown();
  if (asked.kind === "folder") {
    const entries = await entriesBelow(ctx, parts, publications);
    if (entries.length === 0) throw unknown();
    return listing(segments, entries, newest);
  }
  const hour = (await findHours(ctx, publications, asked.parts.class)).get(asked.stamp);
  if (hour === undefined) throw unknown();
  if (asked.form === "data")
    return { kind: "file", productId: newest.productId, run: pinnedRun(hour.publication), path: hour.path };
  const sha256 = await readChecksum(ctx, hour);
  if (sha256 === null) throw unknown();
  return { kind: "checksum", text: `${sha256}  ${segments.at(-1)?.replace(/\.sha256$/, "")}\n` };
}

async function entriesBelow(ctx: HoursContext, parts: FolderParts, publications: readonly ProductWithRun[]) {
  if (parts.domain === undefined) return distinct(publications.map(({ description }) => description.domain));
  if (parts.class === undefined) {
    const classes = [];
    for (const each of ["archive", "history"] as const)
      if ((await findHours(ctx, publications, each)).size > 0) classes.push(asFolder(each));
    return classes;
  }
  const hours = await findHours(ctx, publications, parts.class);
  const prefix = `${parts.year ?? ""}${parts.month ?? ""}${parts.day ?? ""}`;
  const below = [...hours].filter(([stamp]) => stamp.startsWith(prefix)).sort(([a], [b]) => (a < b ? -1 : 1));
  if (parts.day !== undefined) return below.flatMap(([stamp, hour]) => fileEntries(stamp, hour));
  const width = parts.year === undefined ? 4 : 2;
  return distinct(below.map(([stamp]) => stamp.slice(prefix.length, prefix.length + width)));
}

function fileEntries(stamp: string, { path, publication }: HourFile): FileEntry[] {
  const { description, productId, storePath } = publication;
  const time = `${stamp.slice(0, 4)}-${stamp.slice(4, 6)}-${stamp.slice(6, 8)}T${stamp.slice(9, 11)}:${stamp.slice(11)}`;
  const name = hourFileName({ productId, domain: description.domain }, time);
  return [
    { name, immutable: `/api/files/${storePath}/${path}` },
    { name: `${name}.sha256`, immutable: `/api/files/${storePath}/${productPaths.manifest}` },
  ];
}

function listing(
  segments: readonly string[],
  entries: readonly FileEntry[],
  newest: ProductWithRun | null,
): OpenFilesAnswer {
  const folder = segments.map((segment) => `${segment}/`).join("");
  const { licence = null, citation = null } = newest?.description ?? {};
  return { kind: "listing", folder, entries, licence, citation };
}

async function visibleProducts(ctx: HoursContext): Promise<readonly string[]> {
  const ids = await readProductIds(ctx.db);
  const lists = await Promise.all(
    ids.map((id) => readNewestOfProduct(ctx.db, id, { viewer: viewerOf(ctx.actor), limit: 1 })),
  );
  return ids.filter((_, at) => (lists[at]?.length ?? 0) > 0);
}

const publicationsOf = (ctx: HoursContext, product: string) =>
  readNewestOfProduct(ctx.db, asId<ProductId>(product), { viewer: viewerOf(ctx.actor), limit: mostPublications });

const asFolder = (name: string): FileEntry => ({ name: `${name}/`, immutable: null });
const distinct = (names: readonly string[]): FileEntry[] => [...new Set(names)].sort().map(asFolder);
const pinnedRun = ({ runId, generation }: ProductWithRun) => `${runId}-g${generation}`;
