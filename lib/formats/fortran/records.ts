import { NereusError } from "@/lib/errors";
import type { ByteSource } from "@/lib/formats/byte-source";

/** One record of a Fortran sequential unformatted file: where its payload lies. */
export type FortranRecord = { readonly offset: number; readonly length: number };

/** Numbers of records that are listed at most: far more than a year of hours of many species. */
const maxRecords = 2_000_000;

/**
 * Lists the records of a sequential unformatted file: each stands between two copies of its length, 4 bytes each.
 * @throws file-truncated where the last record is not closed; format-invalid where the two lengths differ
 */
export async function listRecords(source: ByteSource, isLittleEndian: boolean): Promise<FortranRecord[]> {
  const records: FortranRecord[] = [];
  const cursor = new WindowedLengths(source, isLittleEndian);
  for (let at = 0; at < source.sizeBytes; ) {
    const length = await cursor.read(at);
    const end = at + 8 + length;
    if (end > source.sizeBytes)
      throw new NereusError("file-truncated", { file: source.name, expectedBytes: end, actualBytes: source.sizeBytes });
    const closing = await cursor.read(at + 4 + length);
    if (closing !== length || records.length >= maxRecords)
      throw new NereusError("format-invalid", {
        file: source.name,
        place: `its record at byte ${at}`,
        problem: `it starts with the length ${length} and ends with ${closing}`,
      });
    records.push({ offset: at + 4, length });
    at = end;
  }
  return records;
}

/** Lengths lie close together in headers and far apart in data: a window of the file serves several of them. */
class WindowedLengths {
  #start = 0;
  #view: DataView = new DataView(new ArrayBuffer(0));

  constructor(
    readonly source: ByteSource,
    readonly isLittleEndian: boolean,
  ) {}

  async read(offset: number): Promise<number> {
    const { sizeBytes, name } = this.source;
    if (offset + 4 > sizeBytes)
      throw new NereusError("file-truncated", { file: name, expectedBytes: offset + 4, actualBytes: sizeBytes });
    if (offset < this.#start || offset + 4 > this.#start + this.#view.byteLength) {
      const bytes = await this.source.read(offset, Math.min(windowBytes, sizeBytes - offset));
      this.#start = offset;
      this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    }
    return this.#view.getUint32(offset - this.#start, this.isLittleEndian);
  }
}

const windowBytes = 4096;

/** Reads the payload of a record as fields one after the other. */
export class RecordFields {
  #at = 0;
  readonly #view: DataView;

  constructor(
    readonly bytes: Uint8Array,
    readonly isLittleEndian: boolean,
  ) {
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  }

  get remaining(): number {
    return this.bytes.length - this.#at;
  }

  /** Characters with their padding removed. */
  text(length: number): string {
    const start = this.#take(length);
    return String.fromCharCode(...this.bytes.subarray(start, start + length)).trim();
  }

  int32(): number {
    return this.#view.getInt32(this.#take(4), this.isLittleEndian);
  }

  int16(): number {
    return this.#view.getInt16(this.#take(2), this.isLittleEndian);
  }

  float32(): number {
    return this.#view.getFloat32(this.#take(4), this.isLittleEndian);
  }

  skip(length: number): void {
    this.#take(length);
  }

  #take(length: number): number {
    const start = this.#at;
    if (start + length > this.bytes.length) throw new RecordTooShort();
    this.#at += length;
    return start;
  }
}

/** A record holds fewer fields than its kind has. */
export class RecordTooShort extends Error {}
