/**
 * Bytes that can be read at any offset: a file, memory, an HTTP resource with ranges.
 * `read` returns exactly `length` bytes or throws `file-truncated`.
 */
export interface ByteSource {
  /** Name for messages: a path or an address. */
  readonly name: string;
  readonly sizeBytes: number;
  read(offset: number, length: number): Promise<Uint8Array>;
  close(): Promise<void>;
}
