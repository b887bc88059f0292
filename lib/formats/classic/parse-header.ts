import { NereusError } from "@/lib/errors";
import type { ClassicHeader, ClassicVariable } from "@/lib/formats/classic/header";
import { decodeText, HeaderCursor } from "@/lib/formats/classic/header-cursor";
import { fromBigEndian, type StorageType, storageTypes } from "@/lib/formats/classic/storage-types";
import type { AttributeValue } from "@/lib/formats/dataset";

/**
 * Parses the header of a CDF-1, CDF-2 or CDF-5 file and lays out its variables. Sizes follow from the dimensions,
 * never from the header's own `vsize`, which overflows in valid files.
 * @param bytes a prefix of the file, magic included
 * @param fileSizeBytes size of the whole file
 * @throws HeaderContinues when the prefix is too short; file-truncated; format-invalid
 * Source: NetCDF Users Guide, "The NetCDF Classic Format Specification" and its CDF-5 extension.
 */
export function parseHeader(file: string, bytes: Uint8Array, fileSizeBytes: number): ClassicHeader {
  const version = bytes[3] ?? 0;
  const cursor = new HeaderCursor(file, bytes, fileSizeBytes, version);
  const announcedRecords = readRecordCount(cursor);
  const dimensions = readDimensions(cursor);
  const attributes = readAttributes(cursor, "global attributes");
  const declared = readVariables(cursor, dimensions);
  const records = announcedRecords ?? countRecords(declared, fileSizeBytes);
  const variables = layOut(declared, records);
  for (const one of declared) {
    if (one.begin < cursor.offset && sizeOf(one) > 0)
      throw cursor.invalid(`variable ${one.name}`, `its data would begin inside the header, at byte ${one.begin}`);
  }
  checkSize(file, variables, fileSizeBytes);
  return {
    format: version === 1 ? "netcdf-classic" : version === 2 ? "netcdf-64bit-offset" : "netcdf-64bit-data",
    dimensions: Object.fromEntries(dimensions.map((one) => [one.name, one.isRecord ? records : one.length])),
    attributes,
    variables,
  };
}

type Dimension = { readonly name: string; readonly length: number; readonly isRecord: boolean };

type DeclaredVariable = {
  readonly name: string;
  readonly dimensions: readonly Dimension[];
  readonly attributes: Readonly<Record<string, AttributeValue>>;
  readonly type: StorageType;
  readonly begin: number;
  readonly isRecord: boolean;
};

const tags = { dimension: 10, variable: 11, attribute: 12 } as const;
/** Most dimensions of one variable that the C library allows (NC_MAX_VAR_DIMS). */
const maxVariableDimensions = 1024;

/** Null while the file is being streamed: then the size of the file tells. */
function readRecordCount(cursor: HeaderCursor): number | null {
  if (cursor.version !== 5) {
    const records = cursor.int32();
    return records === 0xffffffff ? null : records;
  }
  const high = cursor.int32();
  const low = cursor.int32();
  if (high === 0xffffffff && low === 0xffffffff) return null;
  if (high > 0x1fffff) throw cursor.invalid("header", `it announces ${high * 2 ** 32 + low} records`);
  return high * 2 ** 32 + low;
}

function* readList(cursor: HeaderCursor, tag: number, place: string): Generator<number> {
  const found = cursor.int32();
  const count = cursor.size(place);
  if (found === 0 && count === 0) return;
  if (found !== tag) throw cursor.invalid(place, `the list starts with tag ${found}, ${tag} was expected`);
  for (let i = 0; i < count; i += 1) yield i;
}

function readDimensions(cursor: HeaderCursor): Dimension[] {
  const dimensions: Dimension[] = [];
  for (const _ of readList(cursor, tags.dimension, "dimensions")) {
    const name = cursor.text("dimensions");
    const length = cursor.size(`dimension ${name}`);
    if (length === 0 && dimensions.some((one) => one.isRecord))
      throw cursor.invalid(`dimension ${name}`, "a classic file has only one unlimited dimension");
    dimensions.push({ name, length, isRecord: length === 0 });
  }
  return dimensions;
}

function readAttributes(cursor: HeaderCursor, place: string): Record<string, AttributeValue> {
  const attributes: [string, AttributeValue][] = [];
  for (const _ of readList(cursor, tags.attribute, place)) {
    const name = cursor.text(place);
    const type = readType(cursor, `${place}, attribute ${name}`);
    const count = cursor.size(`${place}, attribute ${name}`);
    const bytes = cursor.padded(count * type.sizeBytes);
    attributes.push([name, type.dtype === "char" ? decodeText(bytes) : fromBigEndian(type, Uint8Array.from(bytes))]);
  }
  return Object.fromEntries(attributes);
}

function readVariables(cursor: HeaderCursor, dimensions: readonly Dimension[]): DeclaredVariable[] {
  const variables = new Map<string, DeclaredVariable>();
  for (const _ of readList(cursor, tags.variable, "variables")) {
    const one = readVariable(cursor, dimensions);
    if (variables.has(one.name)) throw cursor.invalid(`variable ${one.name}`, "it is defined twice");
    variables.set(one.name, one);
  }
  return [...variables.values()];
}

function readVariable(cursor: HeaderCursor, dimensions: readonly Dimension[]): DeclaredVariable {
  const name = cursor.text("variables");
  const place = `variable ${name}`;
  const rank = cursor.size(place);
  if (rank > maxVariableDimensions) throw cursor.invalid(place, `it claims ${rank} dimensions`);
  const own = Array.from({ length: rank }, () => {
    const id = cursor.size(place);
    const dimension = dimensions[id];
    if (dimension === undefined) throw cursor.invalid(place, `it uses dimension ${id} of ${dimensions.length}`);
    return dimension;
  });
  if (own.slice(1).some((one) => one.isRecord))
    throw cursor.invalid(place, "the unlimited dimension is not its first one");
  const attributes = readAttributes(cursor, place);
  const type = readType(cursor, place);
  cursor.size(place);
  const begin = cursor.fileOffset(place);
  return { name, dimensions: own, attributes, type, begin, isRecord: own[0]?.isRecord ?? false };
}

function readType(cursor: HeaderCursor, place: string): StorageType {
  const number = cursor.int32();
  const type = storageTypes.get(number);
  if (type === undefined || (cursor.version !== 5 && number > 6))
    throw cursor.invalid(place, `its type ${number} does not exist in this format`);
  return type;
}

/** Bytes of the variable, or of one record of it, without padding. */
function sizeOf(one: DeclaredVariable): number {
  return one.dimensions.reduce<number>((size, dim) => size * (dim.isRecord ? 1 : dim.length), one.type.sizeBytes);
}

/** Records are padded to 4 bytes per variable, except where there is a single record variable. */
function recordSize(variables: readonly DeclaredVariable[]): number {
  const sizes = variables.filter((one) => one.isRecord).map((one) => sizeOf(one));
  const [only] = sizes;
  if (sizes.length === 1 && only !== undefined) return only;
  return sizes.reduce((sum, size) => sum + Math.ceil(size / 4) * 4, 0);
}

function countRecords(variables: readonly DeclaredVariable[], fileSizeBytes: number): number {
  const begins = variables.filter((one) => one.isRecord).map((one) => one.begin);
  const size = recordSize(variables);
  if (begins.length === 0 || size === 0) return 0;
  return Math.max(0, Math.floor((fileSizeBytes - Math.min(...begins)) / size));
}

function layOut(declared: readonly DeclaredVariable[], records: number): Map<string, ClassicVariable> {
  const recordBytes = recordSize(declared);
  const laidOut = declared.map((one): [string, ClassicVariable] => {
    const shape = one.dimensions.map((dim) => (dim.isRecord ? records : dim.length));
    const strides = shape.map((_, d) => shape.slice(d + 1).reduce((size, length) => size * length, one.type.sizeBytes));
    if (one.isRecord) strides[0] = recordBytes;
    const { name, attributes, type, begin } = one;
    const dimensions = one.dimensions.map((dim) => dim.name);
    return [
      name,
      { variable: { name, dimensions, shape, dtype: type.dtype, attributes }, type, begin, stridesBytes: strides },
    ];
  });
  return new Map(laidOut);
}

/** Refuses a file that ends before its last value; padding after it may be absent. */
function checkSize(file: string, variables: ReadonlyMap<string, ClassicVariable>, fileSizeBytes: number) {
  for (const { variable, type, begin, stridesBytes } of variables.values()) {
    if (variable.shape.includes(0)) continue;
    const last = variable.shape.reduce((sum, length, d) => sum + (length - 1) * (stridesBytes[d] ?? 0), 0);
    const expectedBytes = begin + last + type.sizeBytes;
    if (!Number.isSafeInteger(expectedBytes))
      throw new NereusError("format-invalid", {
        file,
        place: `variable ${variable.name}`,
        problem: `its shape ${variable.shape.join(" x ")} is larger than any file`,
      });
    if (expectedBytes > fileSizeBytes)
      throw new NereusError("file-truncated", { file, expectedBytes, actualBytes: fileSizeBytes });
  }
}
