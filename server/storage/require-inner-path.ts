import { NereusError } from "@/lib/errors";

/**
 * A relative path that cannot lead out of the folder it is joined to, nor mean that folder itself.
 * Symbolic links are another matter: see `requireInside`.
 * @throws {NereusError} path-leaves-scratch for an absolute path, `..`, `.`, an empty segment or a NUL
 */
export function requireInnerPath(path: string): string {
  const bad = (segment: string) => segment === "" || segment === "." || segment === "..";
  if (path.includes("\0") || path.includes("\\") || path.split("/").some(bad)) {
    throw new NereusError("path-leaves-scratch", { path });
  }
  return path;
}
