import { type DataType, open, type Readable, root, type Array as ZarrArray } from "zarrita";
import { NereusError } from "@/lib/errors";
import type { AttributeValue, Dataset, NumericArray, Variable } from "@/lib/formats/dataset";
import { resolveSlab } from "@/lib/formats/resolve-slab";
import { listArrays, type ZarrListing } from "@/lib/formats/zarr/list-arrays";
import { readChunks } from "@/lib/formats/zarr/read-chunks";
import type { ZarrFiles } from "@/lib/formats/zarr/zarr-files";

/** Largest chunk that is unpacked, bytes. */
const maxChunkBytes = 256 * 1024 * 1024;

/**
 * Opens a Zarr store of version 2 or 3 as a data set. Dimensions are those of `_ARRAY_DIMENSIONS` or
 * `dimension_names`; the fill value of a version 2 array is its `_FillValue`, as xarray takes it. Arrays in groups carry
 * their path.
 * @returns null where the files are no Zarr store
 * @throws format-invalid, unsupported-feature
 */
export async function openZarr(files: ZarrFiles): Promise<Dataset | null> {
  const listing = await listArrays(files);
  if (listing === null) return null;
  const arrays = new Map<string, OpenArray>();
  const unreadable = new Map<string, string>();
  const dimensions: Record<string, number> = {};
  for (const path of listing.arrays) {
    const opened = await openArray(files, listing, path);
    if (typeof opened === "string") {
      unreadable.set(path, opened);
      continue;
    }
    arrays.set(opened.variable.name, opened);
    opened.variable.dimensions.forEach((name, d) => {
      dimensions[name] = opened.variable.shape[d] ?? 0;
    });
  }
  return {
    name: files.name,
    format: "zarr",
    dimensions,
    attributes: toAttributes(listing.attributes),
    variables: new Map([...arrays].map(([name, { variable }]) => [name, variable])),
    unreadable,
    readRaw: (name, start, count) => readArray(files, arrays, { name, start, count }),
    close: async () => undefined,
  };
}

type OpenArray = { readonly variable: Variable; readonly array: ZarrArray<DataType, Readable> };

async function openArray(files: ZarrFiles, { version }: ZarrListing, path: string): Promise<OpenArray | string> {
  const store: Readable = { get: (key) => files.get(key.slice(1)) };
  const location = root(store).resolve(path);
  const array = await inZarr(files, path, () =>
    version === 2 ? open.v2(location, { kind: "array" }) : open.v3(location, { kind: "array" }),
  );
  const dtype = dtypes.get(array.dtype);
  if (dtype === undefined) return `values of type ${array.dtype}`;
  const chunkBytes = array.chunks.reduce((product, length) => product * length, 8);
  if (chunkBytes > maxChunkBytes) return `chunks of ${array.chunks.join(" x ")} values`;
  const name = path === "" ? "data" : path;
  const variable: Variable = {
    name,
    dimensions: dimensionNames(array, name),
    shape: array.shape,
    dtype,
    attributes: { ...toAttributes(array.attrs), ...fillOf(array, version) },
  };
  return { variable, array };
}

/** 64-bit integers and half precision have no array of their own and come as float64 and float32. */
const dtypes: ReadonlyMap<string, Variable["dtype"]> = new Map([
  ["bool", "uint8"],
  ["int8", "int8"],
  ["uint8", "uint8"],
  ["int16", "int16"],
  ["uint16", "uint16"],
  ["int32", "int32"],
  ["uint32", "uint32"],
  ["int64", "int64"],
  ["uint64", "uint64"],
  ["float16", "float32"],
  ["float32", "float32"],
  ["float64", "float64"],
]);

function dimensionNames({ attrs, dimensionNames: own, shape }: OpenArray["array"], name: string): string[] {
  const listed: unknown = own ?? attrs._ARRAY_DIMENSIONS;
  return shape.map((_, d) => {
    const dimension: unknown = Array.isArray(listed) ? listed[d] : undefined;
    return typeof dimension === "string" ? dimension : `${name}_dim_${d}`;
  });
}

/** Version 2: the fill value of the array. Version 3: the attribute, which xarray writes as base64 for floats. */
function fillOf({ attrs, fillValue }: OpenArray["array"], version: 2 | 3): Record<string, AttributeValue> {
  const { _FillValue: declared } = attrs;
  if (version === 3) {
    if (typeof declared === "number") return { _FillValue: Float64Array.of(declared) };
    if (typeof declared === "string") return { _FillValue: decodeFill(declared) };
    return { _FillValue: new Float64Array() };
  }
  const isNumber = typeof fillValue === "number" || typeof fillValue === "bigint";
  return { _FillValue: isNumber ? Float64Array.of(Number(fillValue)) : new Float64Array() };
}

function decodeFill(text: string): Float64Array {
  const named = new Map([
    ["NaN", Number.NaN],
    ["Infinity", Number.POSITIVE_INFINITY],
    ["-Infinity", Number.NEGATIVE_INFINITY],
  ]).get(text);
  if (named !== undefined) return Float64Array.of(named);
  if (!/^[A-Za-z0-9+/]{11}=$/.test(text)) return new Float64Array();
  const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  return Float64Array.of(new DataView(bytes.buffer).getFloat64(0, true));
}

async function readArray(
  files: ZarrFiles,
  arrays: ReadonlyMap<string, OpenArray>,
  wanted: { name: string; start: readonly number[] | undefined; count: readonly number[] | undefined },
): Promise<NumericArray> {
  const found = arrays.get(wanted.name);
  if (found === undefined)
    throw new NereusError("variable-missing", {
      file: files.name,
      variable: wanted.name,
      present: [...arrays.keys()].join(", "),
    });
  const { start, count } = resolveSlab(files.name, found.variable, wanted);
  if (count.includes(0)) return new Float64Array(0);
  const at = { file: files.name, name: wanted.name };
  return inZarr(files, wanted.name, () => readChunks(found.array, { start, count }, at));
}

/** Values that CF has no type for are left out. */
function toAttributes(attributes: Readonly<Record<string, unknown>>): Record<string, AttributeValue> {
  const entries = Object.entries(attributes).flatMap(([name, value]): [string, AttributeValue][] => {
    if (name === "_ARRAY_DIMENSIONS") return [];
    if (typeof value === "string") return [[name, value]];
    if (typeof value === "number") return [[name, Float64Array.of(value)]];
    if (Array.isArray(value) && value.every((one) => typeof one === "number"))
      return [[name, Float64Array.from(value)]];
    return [];
  });
  return Object.fromEntries(entries);
}

/** Turns a failure of the library into ours. */
async function inZarr<Result>(files: ZarrFiles, path: string, call: () => Promise<Result>): Promise<Result> {
  try {
    return await call();
  } catch (cause) {
    if (cause instanceof NereusError) throw cause;
    const text = cause instanceof Error ? cause.message : String(cause);
    const codec = /unknown codec:?\s*(\S+)/i.exec(text)?.[1];
    const file = files.name;
    if (codec !== undefined)
      throw new NereusError("unsupported-feature", { file, feature: `the codec ${codec}` }, { cause });
    throw new NereusError(
      "format-invalid",
      { file, place: `array ${path || "at its root"}`, problem: text },
      { cause },
    );
  }
}
