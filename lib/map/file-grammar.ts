/** What a path of the open files means: a folder to be listed, at any depth, or the file of one valid time. */
export type FilePath =
  | { readonly kind: "folder"; readonly parts: FolderParts }
  | {
      readonly kind: "file";
      readonly parts: Required<FolderParts>;
      /** `YYYYMMDDZHHmm`, UTC. */
      readonly stamp: string;
      /** The file itself, or its checksum as `sha256sum -c` reads it. */
      readonly form: "data" | "sha256";
    };

export type FileClass = "history" | "archive";

/** Parts of a folder from the top; a part is there only when those before it are. */
export type FolderParts = {
  readonly product?: string;
  readonly domain?: string;
  readonly class?: FileClass;
  readonly year?: string;
  readonly month?: string;
  readonly day?: string;
};

/**
 * Reads a path below `/files`: `{product}/{domain}/{history|archive}/YYYY/MM/DD/{product}_{domain}_YYYYMMDDZHHmm.nc`,
 * with `.sha256` behind it for the checksum, or any folder above.
 * @param segments  path segments, decoded; empty = the top
 * @returns null for what the grammar does not know, a file in the folder of another day included
 * Source: DESIGN.md section 4, the layout of the meteo@uniparthenope archives
 */
export function parseFilePath(segments: readonly string[]): FilePath | null {
  const [product, domain, kind, year, month, day, file, ...more] = segments;
  if (more.length > 0 || segments.some((segment) => !/^[A-Za-z0-9][\w.-]*$/.test(segment))) return null;
  if (kind !== undefined && kind !== "history" && kind !== "archive") return null;
  if (!matches(year, /^\d{4}$/) || !matches(month, /^(0[1-9]|1[0-2])$/) || !matches(day, /^(0[1-9]|[12]\d|3[01])$/))
    return null;
  const parts: FolderParts = { product, domain, class: kind, year, month, day };
  if (file === undefined) return { kind: "folder", parts };
  const [, stamp, suffix] = /^.*_(\d{8}Z\d{4})\.nc(\.sha256)?$/.exec(file) ?? [];
  if (stamp === undefined || !isWhole(parts) || stamp.slice(0, 8) !== `${year}${month}${day}`) return null;
  if (file !== `${product}_${domain}_${stamp}.nc${suffix ?? ""}`) return null;
  return { kind: "file", parts, stamp, form: suffix === undefined ? "data" : "sha256" };
}

/** `YYYYMMDDZHHmm` of an ISO 8601 UTC time. */
export function stampOf(timeUtc: string): string {
  return timeUtc.replace(/^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2}).*$/, "$1$2$3Z$4$5");
}

/** Name of the file that holds a product at one valid time. */
export function hourFileName(
  { productId, domain }: { readonly productId: string; readonly domain: string },
  timeUtc: string,
): string {
  return `${productId}_${domain}_${stampOf(timeUtc)}.nc`;
}

const matches = (part: string | undefined, pattern: RegExp): boolean => part === undefined || pattern.test(part);

function isWhole(parts: FolderParts): parts is Required<FolderParts> {
  return Object.values(parts).every((part) => part !== undefined);
}
