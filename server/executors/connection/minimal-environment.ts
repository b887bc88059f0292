import { homedir } from "node:os";
import { dirname } from "node:path";

/** What every command and job of ours is given: nothing of the worker's own environment passes on. */
export function minimalEnvironment(): Readonly<Record<string, string>> {
  const folders = [dirname(process.execPath), "/usr/local/bin", "/usr/bin", "/bin", "/usr/sbin", "/sbin"];
  return { PATH: [...new Set(folders)].join(":"), LANG: "C.UTF-8", HOME: homedir() };
}
