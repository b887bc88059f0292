import type { FilteredArtifact } from "@/lib/dag/artifact-record";
import { suffixOf } from "@/lib/expression/posix-path";

export type FileType = "subtitle" | "archive" | "video" | "image" | "audio" | "other";

/**
 * What kind of file an artifact is. Subtitles and archives are known by their extension alone and come first, since
 * servers label them with the type of what they belong to.
 * Source: conformance/README.md, Filters.
 */
export function fileType({ file_name, mime_type }: Pick<FilteredArtifact, "file_name" | "mime_type">): FileType {
  const extension = extensionOf(file_name);
  const known = byExtension.get(extension);
  if (known === "subtitle" || known === "archive") return known;
  for (const type of ["video", "image", "audio"] as const)
    if (known === type || mime_type?.startsWith(`${type}/`)) return type;
  return "other";
}

/** The last suffix in lower case, with its dot; "" without one. */
export const extensionOf = (fileName: string): string => suffixOf(fileName).toLowerCase();

/** `.ts` is an MPEG transport stream here. */
const extensions = {
  subtitle: "srt sub ass ssa vtt idx",
  archive: "zip rar 7z tar gz bz2 xz",
  video: "mp4 mkv avi mov wmv flv webm m4v mpg mpeg ts",
  image: "jpg jpeg png gif bmp webp svg tiff",
  audio: "mp3 flac aac ogg wav wma m4a opus",
} as const satisfies Partial<Record<FileType, string>>;

const byExtension: ReadonlyMap<string, FileType> = new Map(
  Object.entries(extensions).flatMap(([type, names]) =>
    names.split(" ").map((name): [string, FileType] => [`.${name}`, type as FileType]),
  ),
);
