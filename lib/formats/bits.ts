/**
 * Reads unsigned integers of any width up to 32 bits, most significant bit first.
 * Reading past the end throws BitsExhausted: callers catch it and name what is short.
 */
export class BitReader {
  #byte = 0;
  /** Bits of that byte that were taken, 0 to 7. */
  #bit = 0;

  constructor(readonly bytes: Uint8Array) {}

  /** Bits left. */
  get remaining(): number {
    return (this.bytes.length - this.#byte) * 8 - this.#bit;
  }

  /** @param width 0 to 32; 0 gives 0 and moves nothing */
  read(width: number): number {
    if (width > this.remaining) throw new BitsExhausted();
    if (width === 0) return 0;
    // Not a shift: 32 bits would become negative.
    if (width > widestWindow) return this.read(16) * 2 ** (width - 16) + this.read(width - 16);
    const value = (this.#window() << this.#bit) >>> (32 - width);
    this.#skip(width);
    return value;
  }

  /** Fills `out` from `from` up to `to` with integers of one width, as `read` gives them. */
  readInto(out: Float64Array, { from, to, width }: { from: number; to: number; width: number }): void {
    if (width * (to - from) > this.remaining) throw new BitsExhausted();
    if (width === 0 || width > widestWindow) {
      for (let at = from; at < to; at += 1) out[at] = this.read(width);
      return;
    }
    const { bytes } = this;
    let [byte, bit] = [this.#byte, this.#bit];
    for (let at = from; at < to; at += 1) {
      out[at] = (windowAt(bytes, byte) << bit) >>> (32 - width);
      bit += width;
      byte += bit >> 3;
      bit &= 7;
    }
    this.#byte = byte;
    this.#bit = bit;
  }

  /** Number of 0 bits before the next 1 bit, which is taken too. */
  readUnary(): number {
    for (let zeros = 0; ; ) {
      const inWindow = 32 - this.#bit;
      const found = Math.clz32(this.#window() << this.#bit);
      if (found < inWindow) {
        if (found >= this.remaining) throw new BitsExhausted();
        this.#skip(found + 1);
        return zeros + found;
      }
      if (inWindow >= this.remaining) throw new BitsExhausted();
      this.#skip(inWindow);
      zeros += inWindow;
    }
  }

  /** Moves on to the next whole byte. */
  align(): void {
    if (this.#bit > 0) this.#skip(8 - this.#bit);
  }

  #window(): number {
    return windowAt(this.bytes, this.#byte);
  }

  #skip(bits: number): void {
    const bit = this.#bit + bits;
    this.#byte += bit >> 3;
    this.#bit = bit & 7;
  }
}

/** The packed bits end before the values do. */
export class BitsExhausted extends Error {}

/** Bits that a window of four bytes holds whatever the bit it starts at. */
const widestWindow = 24;

/** Four bytes as 32 bits; zeros beyond the end. */
function windowAt(bytes: Uint8Array, at: number): number {
  return ((bytes[at] ?? 0) << 24) | ((bytes[at + 1] ?? 0) << 16) | ((bytes[at + 2] ?? 0) << 8) | (bytes[at + 3] ?? 0);
}
