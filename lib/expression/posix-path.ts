/** The last part of a POSIX path, "" when it has none; doubled slashes, a slash at the end and `.` do not count. */
export const baseName = (path: string): string => partsOf(path).at(-1) ?? "";

/** The path without its last part, in its shortest form; "." when nothing is left. */
export function dirName(path: string): string {
  const root = rootOf(path);
  return `${root}${partsOf(path).slice(0, -1).join("/")}` || ".";
}

/** The last part without its last suffix: `archive.tar` of `archive.tar.gz`. */
export function stemOf(path: string): string {
  const name = baseName(path);
  return name.slice(0, name.length - suffixOf(path).length);
}

/** The last suffix with its dot, as it is written; "" for names such as `.bashrc`, `README` and `ends.`. */
export function suffixOf(path: string): string {
  const name = baseName(path);
  const dot = name.lastIndexOf(".");
  return dot > 0 && dot < name.length - 1 ? name.slice(dot) : "";
}

const partsOf = (path: string): readonly string[] => path.split("/").filter((part) => part !== "" && part !== ".");

/** POSIX keeps exactly two slashes at the start apart; three and more are one. */
function rootOf(path: string): string {
  if (!path.startsWith("/")) return "";
  return path.startsWith("//") && !path.startsWith("///") ? "//" : "/";
}
