import { decode as decodePngImage } from "fast-png";
import { NereusError } from "@/lib/errors";
import { BitsExhausted } from "@/lib/formats/bits";
import { unpackIntegers } from "@/lib/formats/grib/decode-simple";

/** One image as a JPEG 2000 library hands it out. */
export type Jpeg2000Image = {
  readonly samples: Uint8Array | Uint16Array | Int8Array | Int16Array;
  readonly bitsPerSample: number;
  readonly componentCount: number;
};

/** Decodes one codestream. @throws BitsExhausted for one that cannot be decoded */
export type DecodeJpeg2000 = (codestream: Uint8Array) => Promise<Jpeg2000Image>;

type Wanted = { readonly count: number; readonly bitsPerValue: number; readonly file: string };

/**
 * Values written as a JPEG 2000 codestream (GRIB2 template 5.40).
 * @throws BitsExhausted for a codestream that cannot be decoded; unsupported-feature above 16 bits
 */
export async function decodeJpeg2000(
  data: Uint8Array,
  { count, bitsPerValue, file, decode }: Wanted & { readonly decode: DecodeJpeg2000 },
): Promise<Float64Array> {
  const { width, height } = sizeOf(data);
  if (width * height > largestExcess * Math.max(count, 1024)) throw new BitsExhausted();
  // The library hands out 16 bits, rows and columns at most and would cut the rest without a word.
  const refuse = (feature: string) => new NereusError("unsupported-feature", { file, feature });
  if (bitsPerValue > 16) throw refuse(`JPEG 2000 values of ${bitsPerValue} bits`);
  if (Math.max(width, height) > 65_535) throw refuse(`a JPEG 2000 image of ${width} x ${height} points`);
  const { samples, bitsPerSample, componentCount } = await decode(data);
  if (componentCount !== 1 || bitsPerSample > 16 || samples.length < count) throw new BitsExhausted();
  return new Float64Array(samples.subarray(0, count));
}

/** An image may have this many times the points of its field before it is refused, unread, as a danger to memory. */
const largestExcess = 4;

/** Size that a codestream announces in its first marker segment (SIZ). Source: ISO/IEC 15444-1, annex A.5.1. */
function sizeOf(data: Uint8Array): { width: number; height: number } {
  if (data.length < 24) throw new BitsExhausted();
  const view = new DataView(data.buffer, data.byteOffset, data.length);
  return { width: view.getUint32(8) - view.getUint32(16), height: view.getUint32(12) - view.getUint32(20) };
}

/**
 * Values written as a PNG image (GRIB2 template 5.41): grey of 1 to 16 bits, or their bytes as colours for 24 and 32.
 * @throws BitsExhausted for an image that cannot be decoded or is too small
 */
export function decodePng(data: Uint8Array, { count, bitsPerValue }: Omit<Wanted, "file">): Float64Array {
  const image = readPng(data);
  const { depth, channels } = image;
  if (depth === 16 && channels === 1) return firstOf(new Float64Array(image.data), count);
  // Grey below 8 bits comes packed in rows of whole bytes.
  if (depth < 8) {
    const rowBytes = Math.ceil((image.width * depth) / 8);
    const rows = Array.from({ length: image.height }, (_, row) =>
      unpackIntegers(Uint8Array.from(image.data.subarray(row * rowBytes, (row + 1) * rowBytes)), image.width, depth),
    );
    return firstOf(Float64Array.from(rows.flatMap((row) => [...row])), count);
  }
  if (depth * channels < bitsPerValue) throw new BitsExhausted();
  const values = new Float64Array(Math.floor(image.data.length / channels));
  for (let at = 0; at < values.length * channels; at += 1) {
    const value = Math.floor(at / channels);
    values[value] = (values[value] ?? 0) * 256 + (image.data[at] ?? 0);
  }
  return firstOf(values, count);
}

function readPng(data: Uint8Array) {
  try {
    return decodePngImage(data, { checkCrc: true });
  } catch {
    // Whatever it stumbles on, the image is broken; its words are about chunks nobody here knows.
    throw new BitsExhausted();
  }
}

function firstOf(values: Float64Array, count: number): Float64Array {
  if (values.length < count) throw new BitsExhausted();
  return values.subarray(0, count);
}
