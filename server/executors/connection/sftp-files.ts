import { randomUUID } from "node:crypto";
import type { SFTPWrapper } from "ssh2";
import { NereusError } from "@/lib/errors";
import { callSftp, statusOf } from "@/server/executors/connection/sftp-call";
import type { SshLink } from "@/server/executors/connection/ssh-link";

/** Size of one request and number of requests on their way: what ssh2's own transfers use. */
const pieceBytes = 32 * 1024;
const requestsAhead = 64;

type Range = { readonly handle: Buffer; readonly offset: number; readonly length: number };

/** At most `length` bytes from `offset`; none when the file does not exist. */
export async function readRange(link: SshLink, path: string, range: Omit<Range, "handle">): Promise<Uint8Array> {
  const handle = await openToRead(link, path);
  if (handle === null) return new Uint8Array(0);
  try {
    const pieces: Uint8Array[] = [];
    for await (const piece of readAhead(link, { handle, ...range })) pieces.push(piece);
    return Buffer.concat(pieces);
  } finally {
    await closeHandle(link, handle);
  }
}

/** @throws {NereusError} file-unreadable when the file does not exist or may not be read */
export async function* readStream(
  link: SshLink,
  path: string,
  options: { readonly offset: number; readonly signal?: AbortSignal },
): AsyncGenerator<Uint8Array> {
  const handle = await openToRead(link, path);
  if (handle === null) throw new NereusError("file-unreadable", { file: path, problem: "there is no such file" });
  try {
    for await (const piece of readAhead(link, { handle, offset: options.offset, length: Number.MAX_SAFE_INTEGER })) {
      options.signal?.throwIfAborted();
      yield piece;
    }
  } finally {
    await closeHandle(link, handle);
  }
}

/** Keeps requests on their way while the reader works; a window of 2 MiB at most is in memory. */
async function* readAhead(link: SshLink, range: Range): AsyncGenerator<Uint8Array> {
  const end = range.offset + range.length;
  const ahead: Promise<Uint8Array>[] = [];
  let asked = range.offset;
  const fill = () => {
    while (ahead.length < requestsAhead && asked < end) {
      const length = Math.min(pieceBytes, end - asked);
      const piece = readPiece(link, { ...range, offset: asked, length });
      // Its failure is met when its turn comes; until then it must not count as unhandled.
      piece.catch(() => undefined);
      ahead.push(piece);
      asked += length;
    }
  };
  fill();
  for (let next = ahead.shift(); next !== undefined; next = ahead.shift()) {
    const piece = await next;
    if (piece.length > 0) yield piece;
    if (piece.length < pieceBytes) break;
    fill();
  }
  await Promise.allSettled(ahead);
}

/** A server may answer with less than was asked; only the end of the file ends a piece early. */
async function readPiece(link: SshLink, { handle, offset, length }: Range): Promise<Uint8Array> {
  const piece = Buffer.allocUnsafe(length);
  let filled = 0;
  while (filled < length) {
    const got = await callSftp<number>(link, (sftp, done) =>
      sftp.read(handle, piece, filled, length - filled, offset + filled, done),
    );
    if (got === 0) break;
    filled += got;
  }
  return piece.subarray(0, filled);
}

/** Writes from `offset` on, cuts off what lay behind and syncs. */
export async function writeStream(
  link: SshLink,
  path: string,
  content: AsyncIterable<Uint8Array>,
  options: { readonly offset: number; readonly mode?: number; readonly signal?: AbortSignal },
): Promise<void> {
  const flags = options.offset === 0 ? "w" : "r+";
  const handle = await callSftp<Buffer>(link, (sftp, done) =>
    sftp.open(path, flags, { mode: options.mode ?? 0o644 }, done),
  );
  try {
    if (options.offset > 0) await setSize(link, handle, options.offset);
    await writeBehind(link, content, { handle, ...options });
    await callSftp(link, (sftp, done) => sftp.ext_openssh_fsync(handle, done));
  } catch (error) {
    throw (await isFull(link, path, error)) ? diskFull(path, error) : error;
  } finally {
    await closeHandle(link, handle);
  }
}

const setSize = (link: SshLink, handle: Buffer, size: number): Promise<void> =>
  callSftp(link, (sftp, done) => sftp.fsetstat(handle, { size }, done));

async function writeBehind(
  link: SshLink,
  content: AsyncIterable<Uint8Array>,
  to: { readonly handle: Buffer; readonly offset: number; readonly signal?: AbortSignal },
): Promise<void> {
  const behind: Promise<void>[] = [];
  let at = to.offset;
  for await (const bytes of content) {
    to.signal?.throwIfAborted();
    for (let from = 0; from < bytes.length; from += pieceBytes) {
      const piece = asBuffer(bytes.subarray(from, from + pieceBytes));
      const position = at;
      const written = callSftp<void>(link, (sftp, done) =>
        sftp.write(to.handle, piece, 0, piece.length, position, done),
      );
      written.catch(() => undefined);
      behind.push(written);
      at += piece.length;
      if (behind.length >= requestsAhead) await behind.shift();
    }
  }
  await Promise.all(behind);
}

const asBuffer = (bytes: Uint8Array): Buffer => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** Writes under a temporary name, syncs, and renames over `path`. */
export async function writeWhole(
  link: SshLink,
  path: string,
  what: { readonly content: Uint8Array | string; readonly mode?: number; readonly signal?: AbortSignal },
): Promise<void> {
  const temporary = `${path}.tmp-${randomUUID()}`;
  const { content, mode, signal } = what;
  const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
  try {
    await writeStream(link, temporary, once(bytes), { offset: 0, mode, signal });
    await renameOver(link, temporary, path);
  } catch (error) {
    await callSftp(link, (sftp, done) => sftp.unlink(temporary, done)).catch(() => undefined);
    throw error;
  }
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

/** As rename(2): an existing `to` is replaced. */
export const renameOver = (link: SshLink, from: string, to: string): Promise<void> =>
  callSftp(link, (sftp, done) => sftp.ext_openssh_rename(from, to, done));

async function openToRead(link: SshLink, path: string): Promise<Buffer | null> {
  try {
    return await callSftp<Buffer>(link, (sftp, done) => sftp.open(path, "r", done));
  } catch (error) {
    if (statusOf(error) === "absent") return null;
    throw error;
  }
}

/** A session that broke has closed its handles itself. */
async function closeHandle(link: SshLink, handle: Buffer): Promise<void> {
  await callSftp<void>(link, (sftp, done) => sftp.close(handle, done)).catch(() => undefined);
}

/** SFTP says only “failure” when no space is left: the file system is asked. */
async function isFull(link: SshLink, path: string, error: unknown): Promise<boolean> {
  if (statusOf(error) !== "failure") return false;
  const folder = path.slice(0, path.lastIndexOf("/")) || "/";
  const space = await callSftp<unknown>(link, (sftp, done) => askSpace(sftp, folder, done));
  return typeof space === "object" && space !== null && "f_bavail" in space && Number(space.f_bavail) < 64;
}

const askSpace = (sftp: SFTPWrapper, folder: string, done: (error?: Error | null, info?: unknown) => void): void =>
  sftp.ext_openssh_statvfs(folder, done);

const diskFull = (path: string, cause: unknown) => new NereusError("disk-full", { path }, { cause, retryable: true });
