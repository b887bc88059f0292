import { NereusError } from "@/lib/errors";
import type { TiffLayout } from "@/lib/formats/tiff/read-layout";

/**
 * Undoes the prediction of a block in place: 2 = differences between neighbours, 3 = differences between the bytes of
 * floating-point numbers, sorted by significance. Numbers are in the byte order of the file before and after; predictor 3
 * always leaves them big-endian.
 * @param bytes whole rows of `rowBytes`
 * @throws unsupported-feature for sample widths that a predictor has no rule for
 * Source: TIFF 6.0, section 14; Adobe Photoshop TIFF Technical Note 3.
 */
export function undoPredictor(
  bytes: Uint8Array,
  rowBytes: number,
  of: {
    readonly layout: TiffLayout;
    readonly samplesTogether: number;
    readonly isLittleEndian: boolean;
    readonly file: string;
  },
): void {
  const { predictor, bitsPerSample } = of.layout;
  if (predictor === 1) return;
  const isKnown = predictor === 2 || predictor === 3;
  const widths = predictor === 2 ? [8, 16, 32, 64] : [16, 24, 32, 64];
  if (!isKnown || !widths.includes(bitsPerSample))
    throw new NereusError("unsupported-feature", {
      file: of.file,
      feature: `TIFF predictor ${predictor} on ${bitsPerSample}-bit samples`,
    });
  const undoRow = predictor === 2 ? addNeighbours : joinBytes;
  for (let start = 0; start < bytes.length; start += rowBytes) undoRow(bytes.subarray(start, start + rowBytes), of);
}

type Row = Parameters<typeof undoPredictor>[2];

function addNeighbours(row: Uint8Array, { layout, samplesTogether, isLittleEndian }: Row): void {
  const size = layout.bitsPerSample / 8;
  const view = new DataView(row.buffer, row.byteOffset, row.length);
  for (let at = samplesTogether * size; at + size <= row.length; at += size) {
    const before = at - samplesTogether * size;
    if (size === 1) row[at] = (row[at] ?? 0) + (row[before] ?? 0);
    else if (size === 2)
      view.setUint16(at, view.getUint16(at, isLittleEndian) + view.getUint16(before, isLittleEndian), isLittleEndian);
    else if (size === 4)
      view.setUint32(at, view.getUint32(at, isLittleEndian) + view.getUint32(before, isLittleEndian), isLittleEndian);
    else
      view.setBigUint64(
        at,
        view.getBigUint64(at, isLittleEndian) + view.getBigUint64(before, isLittleEndian),
        isLittleEndian,
      );
  }
}

function joinBytes(row: Uint8Array, { layout, samplesTogether }: Row): void {
  const size = layout.bitsPerSample / 8;
  for (let at = samplesTogether; at < row.length; at += 1) row[at] = (row[at] ?? 0) + (row[at - samplesTogether] ?? 0);
  const planes = Uint8Array.from(row);
  const count = Math.floor(row.length / size);
  for (let i = 0; i < count; i += 1)
    for (let byte = 0; byte < size; byte += 1) row[i * size + byte] = planes[byte * count + i] ?? 0;
}
