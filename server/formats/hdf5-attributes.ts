import type { OutputData } from "h5wasm/node";
import type { AttributeValue } from "@/lib/formats/dataset";
import { type Hdf5, inHdf5 } from "@/server/formats/hdf5-library";

/** Attributes by which the format keeps its own books; nobody reads them as data. */
const internal = new Set([
  "CLASS",
  "NAME",
  "DIMENSION_LIST",
  "REFERENCE_LIST",
  "DIMENSION_LABELS",
  "_Netcdf4Dimid",
  "_Netcdf4Coordinates",
  "_NCProperties",
  "_nc3_strict",
]);

/**
 * Attributes of one object. Those of a type that has no place in a `Dataset` (compound, reference) are left out.
 * @param path absolute path inside the file, `/` for the file itself
 */
export function readAttributes(
  hdf5: Hdf5,
  file: InstanceType<Hdf5["File"]>,
  path: string,
): Readonly<Record<string, AttributeValue>> {
  const place = `the attributes of ${path}`;
  const names = inHdf5(file.filename, place, () => hdf5.Module.get_attribute_names(file.file_id, path));
  const entries = names
    .filter((name) => !internal.has(name))
    .map((name): [string, AttributeValue | null] => [name, readAttribute(hdf5, file, { path, name })]);
  return Object.fromEntries(entries.filter((entry): entry is [string, AttributeValue] => entry[1] !== null));
}

/** One attribute, the format's own ones too; null when it is absent or of a type we cannot show. */
export function readAttribute(
  hdf5: Hdf5,
  file: InstanceType<Hdf5["File"]>,
  { path, name }: { path: string; name: string },
): AttributeValue | null {
  return inHdf5(file.filename, `attribute ${name} of ${path}`, () => {
    if (!hdf5.Module.get_attribute_names(file.file_id, path).includes(name)) return null;
    const attribute = new hdf5.Attribute(file.file_id, path, name);
    // Types beyond numbers and text would be decoded only to be dropped.
    const classes = hdf5.Module.H5T_class_t;
    const shown = [classes.H5T_STRING, classes.H5T_INTEGER, classes.H5T_FLOAT, classes.H5T_ENUM];
    if (!shown.some((one) => one.value === attribute.metadata.type)) return null;
    if (attribute.metadata.type === classes.H5T_FLOAT.value && attribute.metadata.size < 4) return null;
    return toAttributeValue(attribute.value);
  });
}

/** The first scale of each dimension of a data set, as the bytes of its reference in hexadecimal; absent where it has none. */
export function readDimensionList(
  hdf5: Hdf5,
  file: InstanceType<Hdf5["File"]>,
  path: string,
): readonly (string | undefined)[] {
  return inHdf5(file.filename, `the dimensions of ${path}`, () => {
    if (!hdf5.Module.get_attribute_names(file.file_id, path).includes("DIMENSION_LIST")) return [];
    const { value } = new hdf5.Attribute(file.file_id, path, "DIMENSION_LIST");
    return Array.isArray(value) ? value.map(firstReference) : [];
  });
}

function firstReference(scales: unknown): string | undefined {
  const [first] = Array.isArray(scales) ? scales : [];
  if (typeof first !== "object" || first === null || !("ref_data" in first)) return undefined;
  return first.ref_data instanceof Uint8Array ? Buffer.from(first.ref_data).toString("hex") : undefined;
}

function toAttributeValue(value: OutputData | null): AttributeValue | null {
  if (typeof value === "string") return value.replace(/\0+$/, "");
  if (typeof value === "number" || typeof value === "bigint" || typeof value === "boolean")
    return Float64Array.of(Number(value));
  if (value instanceof BigInt64Array || value instanceof BigUint64Array) return Float64Array.from(value, Number);
  if (value instanceof Uint8ClampedArray) return Uint8Array.from(value);
  if (ArrayBuffer.isView(value)) return value;
  if (Array.isArray(value)) return value.filter((one) => typeof one === "string").join(" ");
  return null;
}
