import { isGlob, matchesGlob } from "@/lib/dag/glob";

/**
 * Whether the path of an input takes a file: everything, a folder, a file or a glob.
 * @param wanted  path of the reference
 * @param path    below the `out/` of the producer
 */
export function isMatch(wanted: string, path: string): boolean {
  if (wanted === "" || path === wanted) return true;
  if (isGlob(wanted)) return matchesGlob(wanted, path);
  return path.startsWith(wanted.endsWith("/") ? wanted : `${wanted}/`);
}

/** True for a path that asks for one thing by its name, so that its absence is a failure and not "nothing there". */
export const isNamedFile = (path: string): boolean => path !== "" && !path.endsWith("/") && !isGlob(path);
