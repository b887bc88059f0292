/**
 * How a place is reached. Paths are absolute on that place. Every call has a deadline of its own and takes a signal;
 * a broken link throws a retryable `NereusError`, never a result.
 */
export interface Connection {
  readonly kind: "local" | "ssh";
  exec(argv: readonly string[], options: ExecOptions): Promise<ExecResult>;
  /** Empty when the folder does not exist. */
  list(folder: string, signal?: AbortSignal): Promise<readonly ListedFile[]>;
  /** At most `length` bytes from `offset`; fewer at the end of the file, none when it does not exist. */
  readFrom(path: string, offset: number, length: number, signal?: AbortSignal): Promise<Uint8Array>;
  /** Writes to a temporary name beside `path`, then renames: readers see the old or the new file, never half. */
  writeAtomically(
    path: string,
    content: Uint8Array | string,
    options?: { readonly mode?: number; readonly signal?: AbortSignal },
  ): Promise<void>;
  /**
   * The content from `offset` on, in order, in pieces of any size; held in memory a few MiB at a time.
   * @throws {NereusError} file-unreadable when the file does not exist
   */
  read(path: string, options: { readonly offset: number; readonly signal?: AbortSignal }): AsyncIterable<Uint8Array>;
  /**
   * Writes `content` into `path` from `offset` on, cutting off what lay behind, and syncs it to the disk. Readers see
   * the file grow: write to a temporary name and rename.
   * @throws {NereusError} disk-full (retryable)
   */
  write(
    path: string,
    content: AsyncIterable<Uint8Array>,
    options: { readonly offset: number; readonly signal?: AbortSignal },
  ): Promise<void>;
  makeFolder(path: string, signal?: AbortSignal): Promise<void>;
  rename(from: string, to: string, signal?: AbortSignal): Promise<void>;
  /**
   * Gives the regular file `from` the second name `to`: a hard link, else a reflink, else a copy. Through a temporary
   * name `<to>.part-<mark>`, so `to` is whole or absent; an existing `to` is replaced. Its folder must exist.
   */
  place(from: string, to: string, mark: string, signal?: AbortSignal): Promise<void>;
  /** The path without symbolic links; null when nothing is there. */
  realPath(path: string, signal?: AbortSignal): Promise<string | null>;
  /** Size and content of a file, read where it lies. */
  hash(path: string, signal?: AbortSignal): Promise<{ readonly sizeBytes: number; readonly sha256: string }>;
  /** Removes a file or a folder with all it holds; absent is fine. */
  remove(path: string, signal?: AbortSignal): Promise<void>;
  close(): Promise<void>;
}

export type ExecOptions = {
  readonly cwd?: string;
  readonly stdin?: string;
  /** Added to a minimal environment (PATH, LANG, HOME). */
  readonly environment?: Readonly<Record<string, string>>;
  readonly timeoutSeconds: number;
  readonly signal?: AbortSignal;
};

export type ExecResult = {
  readonly exitCode: number | null;
  readonly signal: string | null;
  readonly stdout: string;
  readonly stderr: string;
};

/**
 * A file below the listed folder, recursively; `path` is relative to that folder with `/`. Symbolic links are listed,
 * never entered.
 */
export type ListedFile = {
  readonly path: string;
  readonly kind: "file" | "link";
  readonly sizeBytes: number;
  readonly modifiedMs: number;
};
