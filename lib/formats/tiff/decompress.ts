import { getDecoder } from "geotiff";
import { NereusError } from "@/lib/errors";
import { BrokenBlock, decodeLzw } from "@/lib/formats/tiff/lzw";
import { decodePackBits } from "@/lib/formats/tiff/pack-bits";

/** Opens a zlib stream of at most so many bytes; throws for a damaged one. */
export type Inflate = (bytes: Uint8Array, maxBytes: number) => Uint8Array;

/** What decompressing a block of an image needs besides its bytes. */
export type Decompression = {
  readonly file: string;
  readonly compression: number;
  /** Bytes of the pixels of the block. */
  readonly wantedBytes: number;
  readonly jpegTables: Uint8Array | undefined;
  readonly inflate: Inflate;
};

/**
 * Decompresses one strip or tile.
 * @returns exactly `wantedBytes`
 * @throws BrokenBlock for damaged bytes; unsupported-feature for a compression that has no decoder here
 */
export async function decompress(data: Uint8Array, how: Decompression): Promise<Uint8Array> {
  const { compression, wantedBytes } = how;
  switch (compression) {
    case 1:
      return exactly(data, wantedBytes);
    case 5:
      return decodeLzw(data, wantedBytes);
    case 8:
    case 32946:
      return exactly(inflated(data, how), wantedBytes);
    case 32773:
      return decodePackBits(data, wantedBytes);
    case 7:
    case 34887:
    case 50000:
      return exactly(await byLibrary(data, how), wantedBytes);
    default:
      throw new NereusError("unsupported-feature", { file: how.file, feature: compressionName(compression) });
  }
}

/** `CCITT fax group 4 compression`. */
function compressionName(compression: number): string {
  return names.get(compression) ?? `TIFF compression ${compression}`;
}

const names: ReadonlyMap<number, string> = new Map([
  [2, "CCITT RLE compression"],
  [3, "CCITT fax group 3 compression"],
  [4, "CCITT fax group 4 compression"],
  [6, "old-style JPEG compression"],
  [34676, "SGI LogLuv compression"],
  [34677, "SGI LogLuv 24-bit compression"],
  [34925, "LZMA compression"],
  [50001, "WebP compression"],
  [50002, "JPEG XL compression"],
]);

function inflated(data: Uint8Array, { inflate, wantedBytes }: Decompression): Uint8Array {
  try {
    return inflate(data, wantedBytes);
  } catch (cause) {
    throw new BrokenBlock(`its zlib stream is damaged: ${cause instanceof Error ? cause.message : String(cause)}`);
  }
}

/** JPEG, LERC and Zstandard by geotiff's decoders. */
async function byLibrary(data: Uint8Array, how: Decompression): Promise<Uint8Array> {
  const parameters = {
    tileWidth: 0,
    tileHeight: 0,
    predictor: 1,
    bitsPerSample: 8,
    planarConfiguration: 1,
    ...(how.jpegTables === undefined ? {} : { JPEGTables: how.jpegTables }),
  };
  try {
    const decoder = await getDecoder(how.compression, parameters);
    return new Uint8Array(await decoder.decode(Uint8Array.from(data).buffer));
  } catch (cause) {
    throw new BrokenBlock(`it cannot be decoded: ${cause instanceof Error ? cause.message : String(cause)}`);
  }
}

function exactly(bytes: Uint8Array, wantedBytes: number): Uint8Array {
  if (bytes.length < wantedBytes) throw new BrokenBlock(`it has ${bytes.length} of ${wantedBytes} bytes`);
  return bytes.subarray(0, wantedBytes);
}
