/**
 * How a place is reached. Paths are absolute on that place. Every call has a deadline of its own and takes a signal;
 * a broken link throws a retryable `NereusError`, never a result.
 */
export interface Connection {
  readonly kind: "local" | "ssh";
  exec(argv: readonly string[], options: ExecOptions): Promise<ExecResult>;
  list(folder: string, signal?: AbortSignal): Promise<readonly ListedFile[]>;
  /** At most `length` bytes from `offset`; fewer at the end of the file, none when it does not exist. */
  readFrom(path: string, offset: number, length: number, signal?: AbortSignal): Promise<Uint8Array>;
  /** Writes to a temporary name beside `path`, then renames: readers see the old or the new file, never half. */
  writeAtomically(
    path: string,
    content: Uint8Array | string,
    options?: { readonly mode?: number; readonly signal?: AbortSignal },
  ): Promise<void>;
  makeFolder(path: string, signal?: AbortSignal): Promise<void>;
  rename(from: string, to: string, signal?: AbortSignal): Promise<void>;
  /** Removes a file or a folder with all it holds; absent is fine. */
  remove(path: string, signal?: AbortSignal): Promise<void>;
  close(): Promise<void>;
}

export type ExecOptions = {
  readonly cwd?: string;
  readonly stdin?: string;
  readonly timeoutSeconds: number;
  readonly signal?: AbortSignal;
};

export type ExecResult = {
  readonly exitCode: number | null;
  readonly signal: string | null;
  readonly stdout: string;
  readonly stderr: string;
};

/** A regular file below the listed folder, recursively; `path` is relative to that folder with `/`. */
export type ListedFile = { readonly path: string; readonly sizeBytes: number; readonly modifiedMs: number };
