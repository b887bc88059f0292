import { NereusError } from "@/lib/errors";
import type { ByteSource } from "@/lib/formats/byte-source";

/** One entry of a directory: its type and where its values lie, inline or elsewhere in the file. */
export type TiffEntry = {
  readonly tag: number;
  readonly type: number;
  readonly count: number;
  /** Absolute position of the values. */
  readonly offset: number;
};

/** How a file writes numbers. */
export type TiffOrder = { readonly isLittleEndian: boolean; readonly isBig: boolean };

/** Bytes per value by type number. Source: TIFF 6.0, section 2, and the BigTIFF types 16 to 18. */
export const typeSizesBytes: ReadonlyMap<number, number> = new Map([
  [1, 1],
  [2, 1],
  [3, 2],
  [4, 4],
  [5, 8],
  [6, 1],
  [7, 1],
  [8, 2],
  [9, 4],
  [10, 8],
  [11, 4],
  [12, 8],
  [13, 4],
  [16, 8],
  [17, 8],
  [18, 8],
]);

const integerTypes = new Set([1, 3, 4, 6, 8, 9, 16, 17]);
/** Longest list of values that is read: strips of the largest images we take. */
const maxValues = 4_000_000;

/** Reads the values of tags, as strictly as libtiff does: types and counts that do not fit are refused. */
export class TagReader {
  constructor(
    readonly source: ByteSource,
    readonly order: TiffOrder,
    readonly entries: ReadonlyMap<number, TiffEntry>,
  ) {}

  has(tag: number): boolean {
    return this.entries.has(tag);
  }

  invalid(tag: number, problem: string): NereusError {
    return new NereusError("format-invalid", { file: this.source.name, place: tiffTagName(tag), problem });
  }

  /** One unsigned integer of at most `bits` bits; undefined where the tag is absent. */
  async integer(tag: number, bits: 16 | 32): Promise<number | undefined> {
    const entry = this.entries.get(tag);
    if (entry === undefined) return undefined;
    const [value] = await this.integers(tag);
    if (entry.count !== 1 || value === undefined) throw this.invalid(tag, `it has ${entry.count} values instead of 1`);
    return this.#demandRange(tag, value, bits);
  }

  /** One value, or the same value for each sample. */
  async perSample(tag: number, samplesPerPixel: number): Promise<number | undefined> {
    const entry = this.entries.get(tag);
    if (entry === undefined) return undefined;
    if (entry.count === 1) return this.integer(tag, 16);
    if (entry.count < samplesPerPixel)
      throw this.invalid(tag, `it has ${entry.count} values for ${samplesPerPixel} samples`);
    const values = (await this.integers(tag)).slice(0, samplesPerPixel);
    const [first = 0] = values;
    if (values.some((value) => value !== first))
      throw this.invalid(tag, `it differs between samples: ${values.join(", ")}`);
    return this.#demandRange(tag, first, 16);
  }

  /** All values of an integer tag; empty where it is absent. */
  async integers(tag: number): Promise<number[]> {
    const entry = this.entries.get(tag);
    if (entry === undefined) return [];
    if (!integerTypes.has(entry.type)) throw this.invalid(tag, `its type ${entry.type} is not that of an integer`);
    return this.#read(entry);
  }

  /** All values of a floating-point or integer tag; empty where it is absent or does not hold numbers. */
  async numbers(tag: number): Promise<number[]> {
    const entry = this.entries.get(tag);
    if (entry === undefined || entry.type === 2 || !typeSizesBytes.has(entry.type)) return [];
    return this.#read(entry);
  }

  /** Text up to its first NUL; undefined where the tag is absent, no text, or not inside the file. */
  async text(tag: number): Promise<string | undefined> {
    const entry = this.entries.get(tag);
    if (entry === undefined || entry.type !== 2) return undefined;
    if (entry.offset + entry.count > this.source.sizeBytes) return undefined;
    const bytes = await this.source.read(entry.offset, entry.count);
    return latin1.decode(bytes).replace(/\0[\s\S]*$/, "");
  }

  /** Raw bytes of a tag. */
  async bytes(tag: number): Promise<Uint8Array | undefined> {
    const entry = this.entries.get(tag);
    return entry === undefined ? undefined : this.#bytesOf(entry);
  }

  #demandRange(tag: number, value: number, bits: 16 | 32): number {
    if (value < 0 || value >= 2 ** bits) throw this.invalid(tag, `its value ${value} is out of range`);
    return value;
  }

  async #bytesOf(entry: TiffEntry): Promise<Uint8Array> {
    const length = entry.count * (typeSizesBytes.get(entry.type) ?? 1);
    if (entry.count > maxValues) throw this.invalid(entry.tag, `it claims ${entry.count} values`);
    if (entry.offset + length > this.source.sizeBytes)
      throw this.invalid(entry.tag, `its values would lie at byte ${entry.offset}, beyond the end of the file`);
    return this.source.read(entry.offset, length);
  }

  async #read(entry: TiffEntry): Promise<number[]> {
    const bytes = await this.#bytesOf(entry);
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    return Array.from({ length: entry.count }, (_, i) => readNumber(view, entry.type, { i, order: this.order }));
  }
}

function readNumber(view: DataView, type: number, at: { i: number; order: TiffOrder }): number {
  const little = at.order.isLittleEndian;
  const offset = at.i * (typeSizesBytes.get(type) ?? 1);
  if (type === 3) return view.getUint16(offset, little);
  if (type === 4 || type === 13) return view.getUint32(offset, little);
  if (type === 5) return view.getUint32(offset, little) / view.getUint32(offset + 4, little);
  if (type === 6) return view.getInt8(offset);
  if (type === 8) return view.getInt16(offset, little);
  if (type === 9) return view.getInt32(offset, little);
  if (type === 10) return view.getInt32(offset, little) / view.getInt32(offset + 4, little);
  if (type === 11) return view.getFloat32(offset, little);
  if (type === 12) return view.getFloat64(offset, little);
  if (type === 16 || type === 18) return Number(view.getBigUint64(offset, little));
  if (type === 17) return Number(view.getBigInt64(offset, little));
  return view.getUint8(offset);
}

const latin1 = new TextDecoder("latin1");

/** `tag 259 (Compression)`. */
function tiffTagName(tag: number): string {
  const name = names.get(tag);
  return name === undefined ? `tag ${tag}` : `tag ${tag} (${name})`;
}

const names: ReadonlyMap<number, string> = new Map([
  [256, "ImageWidth"],
  [257, "ImageLength"],
  [258, "BitsPerSample"],
  [259, "Compression"],
  [262, "PhotometricInterpretation"],
  [273, "StripOffsets"],
  [277, "SamplesPerPixel"],
  [278, "RowsPerStrip"],
  [279, "StripByteCounts"],
  [284, "PlanarConfiguration"],
  [317, "Predictor"],
  [320, "ColorMap"],
  [322, "TileWidth"],
  [323, "TileLength"],
  [324, "TileOffsets"],
  [325, "TileByteCounts"],
  [338, "ExtraSamples"],
  [339, "SampleFormat"],
]);
