import type { NumericArray } from "@/lib/formats/dataset";
import { type Block, readBlock, type TiffImage } from "@/lib/formats/tiff/read-block";
import type { SampleType } from "@/lib/formats/tiff/unpack-samples";
import { yCbCrToRgb } from "@/lib/formats/tiff/ycbcr";

/** A window of one band, in pixels. */
export type BandWindow = {
  readonly band: number;
  readonly row: number;
  readonly column: number;
  readonly rows: number;
  readonly columns: number;
};

/**
 * Reads a window of one band from the blocks that it touches; what was never written is `emptyValue`.
 * @throws what `readBlock` throws
 */
export async function readBand(
  image: TiffImage,
  window: BandWindow,
  as: { readonly type: SampleType; readonly emptyValue: number },
): Promise<NumericArray> {
  const { layout } = image;
  const array = as.type.newArray(window.rows * window.columns).fill(as.emptyValue);
  const plane = layout.isInterleaved ? 0 : window.band * layout.blocksAcross * layout.blocksDown;
  const [firstRow, lastRow] = [window.row, window.row + window.rows - 1];
  const [firstColumn, lastColumn] = [window.column, window.column + window.columns - 1];
  for (let y = Math.floor(firstRow / layout.blockHeight); y * layout.blockHeight <= lastRow; y += 1)
    for (let x = Math.floor(firstColumn / layout.blockWidth); x * layout.blockWidth <= lastColumn; x += 1) {
      const block = await readBlock(image, plane + y * layout.blocksAcross + x);
      if (block !== null) copyBlock(block, { image, window, type: as.type, array, x, y });
    }
  return array;
}

function copyBlock(
  block: NonNullable<Block>,
  to: { image: TiffImage; window: BandWindow; type: SampleType; array: NumericArray; x: number; y: number },
): void {
  const { image, window, type, array } = to;
  const { layout } = image;
  const [top, left] = [to.y * layout.blockHeight, to.x * layout.blockWidth];
  const bytes = layout.photometric === 6 ? yCbCrToRgb(block.bytes) : block.bytes;
  const step = layout.isInterleaved ? layout.samplesPerPixel : 1;
  const [from, until] = [
    Math.max(left, window.column),
    Math.min(left + layout.blockWidth, window.column + window.columns),
  ];
  const bottom = Math.min(top + layout.blockHeight, window.row + window.rows);
  for (let row = Math.max(top, window.row); row < bottom; row += 1) {
    const start = (row - top) * block.rowBytes;
    type.unpackRow(bytes.subarray(start, start + block.rowBytes), {
      array,
      at: (row - window.row) * window.columns + from - window.column,
      count: until - from,
      first: (from - left) * step + (layout.isInterleaved ? window.band : 0),
      step,
    });
  }
}
