import { NereusError } from "@/lib/errors";

/** The prefix at hand ends before the header does: read more of the file and parse again. */
export class HeaderContinues extends Error {}

/** Reads the big-endian fields of a classic header from the first bytes of a file; pure, moves forward only. */
export class HeaderCursor {
  offset = 4;
  readonly #view: DataView;

  constructor(
    readonly file: string,
    readonly bytes: Uint8Array,
    /** Size of the whole file, of which `bytes` is the beginning. */
    readonly fileSizeBytes: number,
    /** 1, 2 or 5. */
    readonly version: number,
  ) {
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  }

  /** A 4-byte field whatever the version: tags and types. */
  int32(): number {
    return this.#view.getUint32(this.#take(4));
  }

  /** A count, length or size: 8 bytes in CDF-5, else 4. */
  size(place: string): number {
    return this.version === 5 ? this.#int64(place) : this.int32();
  }

  /** An offset in the file: 4 bytes in CDF-1, else 8. */
  fileOffset(place: string): number {
    return this.version === 1 ? this.int32() : this.#int64(place);
  }

  /** The next `length` bytes, and the padding to a multiple of 4 after them skipped. */
  padded(length: number): Uint8Array {
    const start = this.#take(length);
    const padding = (4 - (length % 4)) % 4;
    this.#take(padding);
    return this.bytes.subarray(start, start + length);
  }

  text(place: string): string {
    return decodeText(this.padded(this.size(place)));
  }

  invalid(place: string, problem: string): NereusError {
    return new NereusError("format-invalid", { file: this.file, place, problem });
  }

  #int64(place: string): number {
    const value = this.#view.getBigUint64(this.#take(8));
    if (value > BigInt(Number.MAX_SAFE_INTEGER)) throw this.invalid(place, `the number ${value} is too large`);
    return Number(value);
  }

  #take(length: number): number {
    const start = this.offset;
    if (start + length > this.fileSizeBytes)
      throw new NereusError("file-truncated", {
        file: this.file,
        expectedBytes: start + length,
        actualBytes: this.fileSizeBytes,
      });
    if (start + length > this.bytes.length) throw new HeaderContinues();
    this.offset += length;
    return start;
  }
}

/** Text of a header: UTF-8 as the format says, else Latin-1 as old programs wrote; trailing NULs dropped. */
export function decodeText(bytes: Uint8Array): string {
  try {
    return utf8.decode(bytes).replace(/\0+$/, "");
  } catch {
    return latin1.decode(bytes).replace(/\0+$/, "");
  }
}

const utf8 = new TextDecoder("utf-8", { fatal: true });
const latin1 = new TextDecoder("latin1");
