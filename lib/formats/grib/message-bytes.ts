import type { ByteSource } from "@/lib/formats/byte-source";
import type { GribMessage } from "@/lib/formats/grib/find-messages";
import { wrongMessage } from "@/lib/formats/grib/wrong-message";

/** One section of a message, with its numbers read by octet as the WMO manual counts them: from 1. */
export class GribSection {
  readonly #view: DataView;

  constructor(
    readonly file: string,
    readonly message: GribMessage,
    /** Offset in the message. */
    readonly offset: number,
    readonly bytes: Uint8Array,
  ) {
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  }

  get length(): number {
    return this.bytes.length;
  }

  unsigned(octet: number, size: 1 | 2 | 3 | 4): number {
    this.#demand(octet, size);
    const at = octet - 1;
    if (size === 1) return this.#view.getUint8(at);
    if (size === 2) return this.#view.getUint16(at);
    return size === 3 ? this.#view.getUint16(at) * 256 + this.#view.getUint8(at + 2) : this.#view.getUint32(at);
  }

  /** Sign and magnitude: the top bit is the sign. */
  signed(octet: number, size: 1 | 2 | 3 | 4): number {
    const value = this.unsigned(octet, size);
    const sign = 2 ** (size * 8 - 1);
    return value >= sign ? -(value - sign) : value;
  }

  /** IEEE 754, 4 octets. */
  float32(octet: number): number {
    this.#demand(octet, 4);
    return this.#view.getFloat32(octet - 1);
  }

  /** IBM System/360, 4 octets, as edition 1 writes it. */
  ibmFloat(octet: number): number {
    const bits = this.unsigned(octet, 4);
    const fraction = bits % 2 ** 24;
    const exponent = Math.floor(bits / 2 ** 24) % 128;
    return (bits >= 2 ** 31 ? -1 : 1) * fraction * 16 ** (exponent - 64 - 6);
  }

  #demand(octet: number, size: number) {
    if (octet - 1 + size > this.length)
      throw wrongMessage(
        this.file,
        this.message,
        `the section at its byte ${this.offset} has ${this.length} bytes, too few for octet ${octet}`,
      );
  }
}

/** Reads a span of a message as a section. @throws format-invalid when it does not lie inside the message */
export async function readSection(
  source: ByteSource,
  message: GribMessage,
  span: { readonly offset: number; readonly length: number },
): Promise<GribSection> {
  if (span.length < 1 || span.offset + span.length > message.length)
    throw wrongMessage(source.name, message, `its section at byte ${span.offset} would have ${span.length} bytes`);
  const bytes = await source.read(message.offset + span.offset, span.length);
  return new GribSection(source.name, message, span.offset, bytes);
}
