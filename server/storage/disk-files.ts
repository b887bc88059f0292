import { NereusError } from "@/lib/errors";
import type { Connection } from "@/server/executors/connection/connection";

/** A regular file as it lies on the disk. */
export type DiskFile = {
  /** Absolute. */
  readonly path: string;
  /** Names its content: two with the same are one. */
  readonly inode: string;
  /** Names that its content has: removing one of several frees nothing. */
  readonly links: number;
  /** Space that it takes. */
  readonly bytes: number;
  /** When it was last changed or given another name. */
  readonly changedMs: number;
};

const timeoutSeconds = 120;
const blockBytes = 512;

/**
 * The regular files below a folder with the space that they take, by one command at that place.
 * @returns none when there is no such folder
 * @throws {NereusError} command-failed, also when there are more than one answer holds; site-unreachable (retryable)
 */
export async function listDisk(connection: Connection, folder: string): Promise<readonly DiskFile[]> {
  if ((await connection.realPath(folder)) === null) return [];
  // Paths may hold anything but NUL.
  const argv = ["find", folder, "-type", "f", "-printf", "%D:%i %n %b %C@ %p\\0"];
  const { exitCode, signal, stdout, stderr } = await connection.exec(argv, { timeoutSeconds });
  // A file that went away meanwhile makes it complain, and tells nothing about the others.
  const isWhole = stdout === "" ? exitCode === 0 : stdout.endsWith("\0");
  if (!isWhole)
    throw new NereusError("command-failed", { command: "find", exitCode, signal, stderrTail: stderr.slice(-2000) });
  return stdout.split("\0").flatMap((line) => {
    const [, inode, links, blocks, changed, path] = /^(\S+) (\d+) (\d+) ([\d.]+) (.+)$/s.exec(line) ?? [];
    if (inode === undefined || path === undefined) return [];
    const bytes = Number(blocks) * blockBytes;
    return [{ path, inode, links: Number(links), bytes, changedMs: Number(changed) * 1000 }];
  });
}
