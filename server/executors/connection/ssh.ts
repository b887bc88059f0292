import { NereusError } from "@/lib/errors";
import type { Connection, ExecResult, ListedFile } from "@/server/executors/connection/connection";
import { execSsh } from "@/server/executors/connection/exec-ssh";
import { readRange, readStream, renameOver, writeStream, writeWhole } from "@/server/executors/connection/sftp-files";
import { SshLink } from "@/server/executors/connection/ssh-link";
import type { SshOptions } from "@/server/executors/connection/ssh-options";

const shortSeconds = 60;
/** Reading a very large file through once, s. */
const hashSeconds = 3600;

/** What every command there is given whatever the login's own files say. */
const usualEnvironment = { PATH: "/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin", LANG: "C.UTF-8", LC_ALL: "C.UTF-8" };

/**
 * A login node over SSH: commands on channels, file content over SFTP. The other side needs the usual POSIX tools in
 * their GNU form (find, stat, sha256sum, timeout).
 * @throws {NereusError} site-unreachable (retryable) when the link cannot be made or breaks: what was asked may have
 *   happened; host-key-unknown, host-key-changed, ssh-login-refused, ssh-key-unreadable; disk-full (retryable)
 * Source: EXECUTION.md, section 5.
 */
export function sshConnection(options: SshOptions): Connection {
  const link = new SshLink(options);
  const environment = { ...usualEnvironment, ...options.environment };
  const run: Run = async (script, args, more = {}) => {
    const argv = ["/bin/bash", "-c", script, "nereus", ...args];
    return execSsh(link, argv, { timeoutSeconds: shortSeconds, ...more, environment });
  };
  return {
    kind: "ssh",
    exec: (argv, exec) => execSsh(link, argv, { ...exec, environment: { ...environment, ...exec.environment } }),
    list: (folder, signal) => list(run, folder, signal),
    readFrom: (path, offset, length) => readRange(link, path, { offset, length }),
    writeAtomically: (path, content, more) => writeWhole(link, path, { content, ...more }),
    read: (path, more) => readStream(link, path, more),
    write: (path, content, more) => writeStream(link, path, content, more),
    makeFolder: async (path, signal) => {
      demand(path, await run('mkdir -p -- "$1"', [path], { signal }));
    },
    rename: (from, to) => renameOver(link, from, to),
    place: async (from, to, mark, signal) => {
      demand(to, await run(placeScript, [from, to, `${to}.part-${mark}`], { signal, timeoutSeconds: hashSeconds }));
    },
    realPath: async (path, signal) => {
      const { exitCode, stdout } = await run('readlink -e -z -- "$1"', [path], { signal });
      return exitCode === 0 ? stdout.replace(/\0$/, "") : null;
    },
    hash: (path, signal) => hash(run, path, signal),
    remove: async (path, signal) => {
      demand(path, await run('rm -rf -- "$1"', [path], { signal, timeoutSeconds: hashSeconds }));
    },
    close: () => link.close(),
  };
}

type Run = (
  script: string,
  args: readonly string[],
  more?: { readonly signal?: AbortSignal; readonly timeoutSeconds?: number },
) => Promise<ExecResult>;

/** When both names are already one file, rename(2) does nothing and leaves the temporary one. */
const placeScript = `
rm -f -- "$3" && { ln -- "$1" "$3" 2>/dev/null || cp --reflink=auto -- "$1" "$3"; } && mv -T -f -- "$3" "$2" && rm -f -- "$3"
`;

async function list(run: Run, folder: string, signal?: AbortSignal): Promise<readonly ListedFile[]> {
  const find = 'find "$1/" -mindepth 1 \\( -type f -o -type l \\) -printf "%P\\0%y\\0%s\\0%T@\\0"';
  const result = await run(find, [folder], { signal });
  // What others removed while we looked is no failure, and neither is a folder that was never there.
  const others = result.stderr.split("\n").filter((line) => line !== "" && !line.endsWith("No such file or directory"));
  if (result.exitCode !== 0 && others.length > 0) throw failed(`find ${folder}`, result);
  const words = result.stdout.split("\0");
  const files: ListedFile[] = [];
  for (let at = 0; at + 3 < words.length; at += 4) {
    const [path = "", kind, size, modified] = words.slice(at, at + 4);
    const [sizeBytes, modifiedMs] = [Number(size), Number(modified) * 1000];
    files.push({ path, kind: kind === "l" ? "link" : "file", sizeBytes, modifiedMs });
  }
  return files.sort((a, b) => (a.path < b.path ? -1 : 1));
}

async function hash(run: Run, path: string, signal?: AbortSignal) {
  const script = 'stat -L -c %s -- "$1" && sha256sum <"$1"';
  const result = demand(path, await run(script, [path], { signal, timeoutSeconds: hashSeconds }));
  const [size, digest = ""] = result.stdout.split(/\s+/);
  return { sizeBytes: Number(size), sha256: digest };
}

function demand(path: string, result: ExecResult): ExecResult {
  if (result.exitCode === 0) return result;
  if (/No space left on device|Disk quota exceeded/.test(result.stderr)) {
    throw new NereusError("disk-full", { path }, { retryable: true });
  }
  throw failed(path, result);
}

function failed(command: string, { exitCode, signal, stderr }: ExecResult): NereusError {
  const stderrTail = stderr.trimEnd().split("\n").slice(-20).join("\n");
  return new NereusError("command-failed", { command, exitCode, signal, stderrTail });
}
