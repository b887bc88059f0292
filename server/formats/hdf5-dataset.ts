import { NereusError } from "@/lib/errors";
import type { Dataset, NumericArray, Variable } from "@/lib/formats/dataset";
import { defaultFills } from "@/lib/formats/default-fills";
import { padArray } from "@/lib/formats/pad-array";
import { resolveSlab } from "@/lib/formats/resolve-slab";
import { readAttributes } from "@/server/formats/hdf5-attributes";
import { catalogueHdf5, type Hdf5Catalogue } from "@/server/formats/hdf5-catalogue";
import { type Hdf5, inHdf5, inHdf5WithFilters, loadHdf5 } from "@/server/formats/hdf5-library";
import type { Hdf5Type } from "@/server/formats/hdf5-type";

/**
 * Opens a NetCDF-4 or HDF5 file. The library opens the file itself, so it has to be local.
 * @param name what messages call it
 * @throws file-truncated, format-invalid; on reading also unsupported-feature for a filter or type it does not have
 */
export async function openHdf5(path: string, name: string): Promise<Dataset> {
  const hdf5 = await loadHdf5();
  const file = inHdf5(name, "its first bytes", () => new hdf5.File(path, "r"));
  // The library's own errors and ours call the file by this.
  file.filename = name;
  try {
    const catalogue = catalogueHdf5(hdf5, file);
    return {
      name,
      format: "netcdf-4",
      dimensions: catalogue.dimensions,
      attributes: readAttributes(hdf5, file, "/"),
      variables: catalogue.variables,
      unreadable: catalogue.unreadable,
      readRaw: async (name, start, count) => readVariable({ hdf5, file, catalogue }, { name, start, count }),
      close: async () => void file.close(),
    };
  } catch (error) {
    file.close();
    throw error;
  }
}

type Opened = { hdf5: Hdf5; file: InstanceType<Hdf5["File"]>; catalogue: Hdf5Catalogue };

function readVariable(
  { hdf5, file, catalogue }: Opened,
  wanted: { name: string; start: readonly number[] | undefined; count: readonly number[] | undefined },
): NumericArray {
  const variable = catalogue.variables.get(wanted.name);
  const stored = catalogue.stored.get(wanted.name);
  if (variable === undefined || stored === undefined) {
    const feature = catalogue.unreadable.get(wanted.name);
    if (feature !== undefined)
      throw new NereusError("unsupported-feature", { file: file.filename, feature: `${feature} in ${wanted.name}` });
    const present = [...catalogue.variables.keys()].join(", ");
    throw new NereusError("variable-missing", { file: file.filename, variable: wanted.name, present });
  }
  const slab = resolveSlab(file.filename, variable, wanted);
  const held = slab.count.map((length, d) => clamp((stored.shape[d] ?? 0) - (slab.start[d] ?? 0), length));
  const at = { file: file.filename, place: wanted.name };
  const values = held.includes(0)
    ? stored.type.toArray(new Uint8Array(0))
    : inHdf5WithFilters(hdf5, at, () => readHyperslab({ hdf5, file, ...stored }, { start: slab.start, count: held }));
  if (held.every((length, d) => length === slab.count[d])) return values;
  return padArray({ values, shape: held }, slab.count, fillOf(variable));
}

function clamp(length: number, most: number): number {
  return Math.min(Math.max(length, 0), most);
}

function fillOf({ attributes: { _FillValue: fill }, dtype }: Variable): number {
  return (typeof fill === "string" ? undefined : fill?.[0]) ?? defaultFills[dtype];
}

function readHyperslab(
  { hdf5, file, path, type }: { hdf5: Hdf5; file: Opened["file"]; path: string; type: Hdf5Type },
  slab: { start: readonly number[]; count: readonly number[] },
): NumericArray {
  const { Module } = hdf5;
  const rank = slab.count.length - (type.stringLength === null ? 0 : 1);
  const count = slab.count.slice(0, rank);
  const sizeBytes = count.reduce((size, length) => size * length, type.itemBytes);
  const address = allocate(hdf5, { file: file.filename, name: path, sizeBytes });
  try {
    const whole = rank === 0;
    const [counts, starts] = [count.map(BigInt), slab.start.slice(0, rank).map(BigInt)];
    const steps = count.map(() => 1n);
    Module.get_dataset_data(
      file.file_id,
      path,
      whole ? null : counts,
      whole ? null : starts,
      whole ? null : steps,
      BigInt(address),
    );
    // The heap is shared memory of the library: slice copies it into a buffer of its own.
    const bytes = new Uint8Array(Module.HEAPU8.slice(address, address + sizeBytes).buffer);
    return type.toArray(type.stringLength === null ? bytes : cutStrings(bytes, type.stringLength, slab));
  } finally {
    Module._free(address);
  }
}

function allocate({ Module }: Hdf5, wanted: { file: string; name: string; sizeBytes: number }): number {
  const address = wanted.sizeBytes > Module.MAXIMUM_MEMORY ? 0 : Module._malloc(wanted.sizeBytes);
  if (address === 0) {
    const feature = `${wanted.name} in pieces of ${wanted.sizeBytes} bytes, more than the HDF5 library can hold`;
    throw new NereusError("unsupported-feature", { file: wanted.file, feature });
  }
  return address;
}

/** Strings come whole; the last dimension of the hyperslab says which of their characters are wanted. */
function cutStrings(
  bytes: Uint8Array<ArrayBuffer>,
  stringLength: number,
  slab: { start: readonly number[]; count: readonly number[] },
): Uint8Array<ArrayBuffer> {
  const [first, wanted] = [slab.start.at(-1) ?? 0, slab.count.at(-1) ?? stringLength];
  if (wanted === stringLength) return bytes;
  const cut = new Uint8Array((bytes.length / stringLength) * wanted);
  for (let i = 0; i * stringLength < bytes.length; i += 1)
    cut.set(bytes.subarray(i * stringLength + first, i * stringLength + first + wanted), i * wanted);
  return cut;
}
