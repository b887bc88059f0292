import { NereusError } from "@/lib/errors";
import type { ByteSource } from "@/lib/formats/byte-source";
import { decompress, type Inflate } from "@/lib/formats/tiff/decompress";
import { BrokenBlock } from "@/lib/formats/tiff/lzw";
import type { TiffLayout } from "@/lib/formats/tiff/read-layout";
import { undoPredictor } from "@/lib/formats/tiff/undo-predictor";

/** An image whose blocks can be read. */
export type TiffImage = {
  readonly source: ByteSource;
  readonly layout: TiffLayout;
  readonly isLittleEndian: boolean;
  readonly jpegTables: Uint8Array | undefined;
  readonly inflate: Inflate;
};

/** Most that any of the compressions makes of one byte; more is claimed only by damaged files. */
const largestRatio = 1500;
/** Largest block that is held in memory, bytes. */
const maxBlockBytes = 256 * 1024 * 1024;

/** The pixels of a block: rows of `rowBytes`; null = a block that was never written. */
export type Block = { readonly bytes: Uint8Array; readonly rowBytes: number } | null;

/**
 * Reads and decompresses one strip or tile.
 * @param index of the block, planes one after the other
 * @throws format-invalid naming the block and its byte; file-truncated; unsupported-feature
 */
export async function readBlock(image: TiffImage, index: number): Promise<Block> {
  const { source, layout } = image;
  const [offset, byteCount] = [layout.offsets[index] ?? 0, layout.byteCounts[index] ?? 0];
  if (offset === 0 && byteCount === 0) return null;
  const samplesTogether = layout.isInterleaved ? layout.samplesPerPixel : 1;
  const rowBytes = Math.ceil((layout.blockWidth * samplesTogether * layout.bitsPerSample) / 8);
  const wantedBytes = rowBytes * rowsOf(layout, index);
  const refuse = (problem: string) => {
    const kind = layout.isTiled ? "tile" : "strip";
    return new NereusError("format-invalid", {
      file: source.name,
      place: `${kind} ${index} (byte ${offset})`,
      problem,
    });
  };
  // Uncompressed blocks are as long as their pixels, whatever the file says.
  const length = layout.compression === 1 ? wantedBytes : byteCount;
  if (wantedBytes > maxBlockBytes || wantedBytes > length * largestRatio)
    throw refuse(`${length} bytes cannot hold ${wantedBytes} bytes of pixels`);
  if (offset + length > source.sizeBytes)
    throw new NereusError("file-truncated", {
      file: source.name,
      expectedBytes: offset + length,
      actualBytes: source.sizeBytes,
    });
  const data = await source.read(offset, length);
  try {
    const compressed = layout.isFillReversed && layout.compression !== 7 ? reverseBits(data) : data;
    const bytes = await decompress(compressed, {
      ...image,
      file: source.name,
      compression: layout.compression,
      wantedBytes,
    });
    undoPredictor(bytes, rowBytes, { ...image, samplesTogether, file: source.name });
    return { bytes, rowBytes };
  } catch (error) {
    throw error instanceof BrokenBlock ? refuse(error.message) : error;
  }
}

/** The last strip of a plane may be lower; tiles are always whole. */
function rowsOf(layout: TiffLayout, index: number): number {
  if (layout.isTiled) return layout.blockHeight;
  const row = index % layout.blocksDown;
  return Math.min(layout.blockHeight, layout.height - row * layout.blockHeight);
}

/** FillOrder 2: the first pixel lies in the lowest bit. */
function reverseBits(bytes: Uint8Array): Uint8Array {
  return bytes.map((byte) => {
    let reversed = 0;
    for (let bit = 0; bit < 8; bit += 1) reversed |= ((byte >> bit) & 1) << (7 - bit);
    return reversed;
  });
}
