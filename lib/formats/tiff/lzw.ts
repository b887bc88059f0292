/** The compressed bytes contradict themselves or end before the pixels do. */
export class BrokenBlock extends Error {}

const clear = 256;
const endOfInformation = 257;
const tableSize = 4096;

/**
 * LZW as TIFF has it, also in the way that early programs wrote it (bits in the other order, recognised by the first
 * two bytes). More bytes than wanted are left.
 * @throws BrokenBlock where a code is not in the table or the data end early
 * Source: TIFF 6.0, section 13; the older way as libtiff reads it.
 */
export function decodeLzw(data: Uint8Array, wantedBytes: number): Uint8Array {
  const isOld = data[0] === 0 && ((data[1] ?? 0) & 1) === 1;
  const out = new Uint8Array(wantedBytes);
  const table = new CodeTable(out);
  let [position, width] = [0, 9];
  let previous: number | null = null;
  while (table.written < wantedBytes) {
    if (position + width > data.length * 8)
      throw new BrokenBlock(`it ends after ${table.written} of ${wantedBytes} bytes`);
    const code = isOld ? readLowFirst(data, position, width) : readHighFirst(data, position, width);
    position += width;
    if (code === endOfInformation) throw new BrokenBlock(`it ends after ${table.written} of ${wantedBytes} bytes`);
    if (code === clear) {
      table.clear();
      [width, previous] = [9, null];
      continue;
    }
    table.put(code, previous);
    previous = code;
    // Widths grow one code early, except in the older way.
    while (width < 12 && table.next + (isOld ? 0 : 1) >= 2 ** width) width += 1;
  }
  return out;
}

/** Strings by their code: each is a piece of what was written already, so none is stored twice. */
class CodeTable {
  written = 0;
  next = endOfInformation + 1;
  readonly #starts = new Int32Array(tableSize);
  readonly #lengths = new Int32Array(tableSize);
  #lastStart = 0;
  #lastLength = 0;

  constructor(readonly out: Uint8Array) {}

  clear(): void {
    this.next = endOfInformation + 1;
  }

  /** Writes the string of a code, and remembers the string before it with its first byte added. */
  put(code: number, previous: number | null): void {
    const start = this.written;
    if (previous !== null && this.next < tableSize) {
      this.#starts[this.next] = this.#lastStart;
      this.#lengths[this.next] = this.#lastLength + 1;
      this.next += 1;
    }
    if (code < clear) this.#writeByte(code);
    else if (previous !== null && code < this.next) this.#copy(this.#starts[code] ?? 0, this.#lengths[code] ?? 0);
    else throw new BrokenBlock(`its code ${code} is not in the table of ${this.next}`);
    this.#lastStart = start;
    this.#lastLength = this.written - start;
  }

  #writeByte(value: number): void {
    if (this.written < this.out.length) this.out[this.written] = value;
    this.written += 1;
  }

  /** Byte by byte: a string may reach into what it writes itself. */
  #copy(start: number, length: number): void {
    for (let i = 0; i < length; i += 1) this.#writeByte(this.out[start + i] ?? 0);
  }
}

function readHighFirst(data: Uint8Array, position: number, width: number): number {
  const at = position >> 3;
  const bits = ((data[at] ?? 0) << 16) | ((data[at + 1] ?? 0) << 8) | (data[at + 2] ?? 0);
  return (bits >> (24 - (position & 7) - width)) & ((1 << width) - 1);
}

function readLowFirst(data: Uint8Array, position: number, width: number): number {
  const at = position >> 3;
  const bits = (data[at] ?? 0) | ((data[at + 1] ?? 0) << 8) | ((data[at + 2] ?? 0) << 16);
  return (bits >> (position & 7)) & ((1 << width) - 1);
}
