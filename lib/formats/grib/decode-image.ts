import { decode as decodePngImage } from "fast-png";
import { NereusError } from "@/lib/errors";
import { BitsExhausted } from "@/lib/formats/bits";
import { unpackIntegers } from "@/lib/formats/grib/decode-simple";
import { loadOpenJpeg } from "@/lib/formats/grib/openjpeg";

type Wanted = { readonly count: number; readonly bitsPerValue: number; readonly file: string };

/**
 * Values written as a JPEG 2000 codestream (GRIB2 template 5.40).
 * @throws BitsExhausted for a codestream that cannot be decoded; unsupported-feature above 16 bits
 */
export async function decodeJpeg2000(data: Uint8Array, { count, bitsPerValue, file }: Wanted): Promise<Float64Array> {
  // The library hands out 16 bits at most and would cut the rest without a word.
  if (bitsPerValue > 16)
    throw new NereusError("unsupported-feature", { file, feature: `JPEG 2000 values of ${bitsPerValue} bits` });
  const openjpeg = await loadOpenJpeg();
  const { samples, bitsPerSample, componentCount } = openjpeg(data);
  if (componentCount !== 1 || bitsPerSample > 16 || samples.length < count) throw new BitsExhausted();
  return Float64Array.from(samples.subarray(0, count));
}

/**
 * Values written as a PNG image (GRIB2 template 5.41): grey of 1 to 16 bits, or their bytes as colours for 24 and 32.
 * @throws BitsExhausted for an image that cannot be decoded or is too small
 */
export async function decodePng(data: Uint8Array, { count, bitsPerValue }: Wanted): Promise<Float64Array> {
  const image = readPng(data);
  const { depth, channels } = image;
  if (depth === 16 && channels === 1) return firstOf(Float64Array.from(image.data), count);
  // Grey below 8 bits comes packed in rows of whole bytes.
  if (depth < 8) {
    const rowBytes = Math.ceil((image.width * depth) / 8);
    const rows = Array.from({ length: image.height }, (_, row) =>
      unpackIntegers(Uint8Array.from(image.data.subarray(row * rowBytes, (row + 1) * rowBytes)), image.width, depth),
    );
    return firstOf(Float64Array.from(rows.flatMap((row) => [...row])), count);
  }
  if (depth * channels < bitsPerValue) throw new BitsExhausted();
  const bytes = Uint8Array.from(image.data);
  return firstOf(
    Float64Array.from({ length: Math.floor(bytes.length / channels) }, (_, at) =>
      bytes.subarray(at * channels, (at + 1) * channels).reduce((value, byte) => value * 256 + byte, 0),
    ),
    count,
  );
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
