/**
 * Reads unsigned integers of any width up to 32 bits, most significant bit first.
 * Reading past the end throws a RangeError: callers check lengths first and name what is short.
 */
export class BitReader {
  #position = 0;
  readonly #endBits: number;

  constructor(readonly bytes: Uint8Array) {
    this.#endBits = bytes.length * 8;
  }

  /** Bits left. */
  get remaining(): number {
    return this.#endBits - this.#position;
  }

  /** @param width 0 to 32; 0 gives 0 and moves nothing */
  read(width: number): number {
    if (width > this.remaining) throw new BitsExhausted();
    let value = 0;
    for (let left = width; left > 0; ) {
      const byte = this.bytes[this.#position >> 3] ?? 0;
      const available = 8 - (this.#position & 7);
      const taken = Math.min(available, left);
      const part = (byte >> (available - taken)) & ((1 << taken) - 1);
      // Not a shift: 32 bits would become negative.
      value = value * 2 ** taken + part;
      this.#position += taken;
      left -= taken;
    }
    return value;
  }

  /** Number of 0 bits before the next 1 bit, which is taken too. */
  readUnary(): number {
    for (let zeros = 0; ; zeros += 1) if (this.read(1) === 1) return zeros;
  }

  /** Moves on to the next whole byte. */
  align(): void {
    this.#position = Math.ceil(this.#position / 8) * 8;
  }
}

/** The packed bits end before the values do. */
export class BitsExhausted extends Error {}
