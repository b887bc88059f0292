import type { Metadata } from "h5wasm/node";
import type { AttributeValue, NumericArray, Variable } from "@/lib/formats/dataset";
import { halfToNumber } from "@/lib/formats/half-float";
import type { Hdf5 } from "@/server/formats/hdf5-library";

/** How one HDF5 data set is seen as a variable: its type, and the length of its strings as one more dimension. */
export type Hdf5Type = {
  readonly dtype: Variable["dtype"];
  readonly itemBytes: number;
  /** Characters per element when the data set holds strings longer than one character. */
  readonly stringLength: number | null;
  /** Attributes that the type implies. */
  readonly attributes?: Readonly<Record<string, AttributeValue>>;
  toArray(bytes: Uint8Array<ArrayBuffer>): NumericArray;
};

/** The type of a data set; a text that names it when we cannot hand it out as numbers or characters. */
export function describeType({ Module }: Hdf5, metadata: Metadata): Hdf5Type | string {
  const classes = Module.H5T_class_t;
  if (metadata.virtual_sources !== undefined) return "a virtual dataset";
  if (metadata.type === classes.H5T_STRING.value) {
    if (metadata.vlen) return "variable-length strings";
    const stringLength = metadata.size === 1 ? null : metadata.size;
    return { dtype: "char", itemBytes: metadata.size, stringLength, toArray: (bytes) => bytes };
  }
  const integers = numericTypes[`${metadata.signed ? "int" : "uint"}${metadata.size * 8}`];
  if (metadata.type === classes.H5T_INTEGER.value || metadata.type === classes.H5T_BITFIELD.value)
    return integers ?? "integers of unusual width";
  // An empty list of fill values: the default fill of the integers is an ordinary member of an enumeration.
  if (metadata.type === classes.H5T_ENUM.value)
    return integers ? { ...integers, attributes: { _FillValue: new Int8Array() } } : "an enumeration of unusual width";
  if (metadata.type === classes.H5T_FLOAT.value)
    return numericTypes[`float${metadata.size * 8}`] ?? `${metadata.size * 8}-bit floating-point numbers`;
  const names: [number, string][] = [
    [classes.H5T_COMPOUND.value, "a compound type"],
    [classes.H5T_OPAQUE.value, "an opaque type"],
    [classes.H5T_VLEN.value, "variable-length arrays"],
    [classes.H5T_ARRAY.value, "an array type"],
    [classes.H5T_REFERENCE.value, "references"],
  ];
  return new Map(names).get(metadata.type) ?? `HDF5 type class ${metadata.type}`;
}

const numericTypes: Readonly<Record<string, Hdf5Type>> = {
  int8: numeric("int8", 1, (bytes) => new Int8Array(bytes.buffer)),
  uint8: numeric("uint8", 1, (bytes) => bytes),
  int16: numeric("int16", 2, (bytes) => new Int16Array(bytes.buffer)),
  uint16: numeric("uint16", 2, (bytes) => new Uint16Array(bytes.buffer)),
  int32: numeric("int32", 4, (bytes) => new Int32Array(bytes.buffer)),
  uint32: numeric("uint32", 4, (bytes) => new Uint32Array(bytes.buffer)),
  int64: numeric("int64", 8, (bytes) => Float64Array.from(new BigInt64Array(bytes.buffer), Number)),
  uint64: numeric("uint64", 8, (bytes) => Float64Array.from(new BigUint64Array(bytes.buffer), Number)),
  // Half precision has no array of its own in Node 20: handed out as float32, which holds it exactly.
  float16: numeric("float32", 2, (bytes) => Float32Array.from(new Uint16Array(bytes.buffer), halfToNumber)),
  float32: numeric("float32", 4, (bytes) => new Float32Array(bytes.buffer)),
  float64: numeric("float64", 8, (bytes) => new Float64Array(bytes.buffer)),
};

function numeric(dtype: Variable["dtype"], itemBytes: number, toArray: Hdf5Type["toArray"]): Hdf5Type {
  return { dtype, itemBytes, stringLength: null, toArray };
}
