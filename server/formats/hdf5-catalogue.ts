import type { Variable } from "@/lib/formats/dataset";
import { readAttribute, readAttributes } from "@/server/formats/hdf5-attributes";
import { type Hdf5, inHdf5 } from "@/server/formats/hdf5-library";
import { describeType, type Hdf5Type } from "@/server/formats/hdf5-type";

type OpenFile = InstanceType<Hdf5["File"]>;

/** What an HDF5 file holds, as variables with named dimensions. Names in groups carry their path, `group/name`. */
export type Hdf5Catalogue = {
  readonly dimensions: Readonly<Record<string, number>>;
  readonly variables: ReadonlyMap<string, Variable>;
  /** Where each variable lies in the file and how it is stored. */
  readonly stored: ReadonlyMap<string, { readonly path: string; readonly type: Hdf5Type }>;
  /** Data sets that are there but cannot be read as numbers or characters: name -> what they hold. */
  readonly unreadable: ReadonlyMap<string, string>;
};

/**
 * Lists the data sets of a file. A dimension's name is that of its attached scale; a scale without data (a NetCDF
 * dimension only) is no variable; dimensions without a scale are `phony_dim_N`, one per length, as the C library names
 * them. Links to other files are not followed.
 * Source: NetCDF-4 on HDF5 conventions (NetCDF Users Guide, appendix "NetCDF-4 format").
 */
export function catalogueHdf5(hdf5: Hdf5, file: OpenFile): Hdf5Catalogue {
  const dimensions = new Map<string, number>();
  const variables = new Map<string, Variable>();
  const stored = new Map<string, { path: string; type: Hdf5Type }>();
  const unreadable = new Map<string, string>();
  const paths = inHdf5(file.filename, "its list of data sets", () => listDatasets(hdf5, file));
  const nameById = dimensionNamesById(hdf5, file, paths);
  for (const path of paths) {
    const metadata = inHdf5(file.filename, path, () => hdf5.Module.get_dataset_metadata(file.file_id, path));
    const { shape } = metadata;
    if (shape === null) continue;
    const own = dimensionNames(hdf5, file, { path, shape, nameById, known: dimensions });
    own.forEach((dim, d) => void dimensions.set(dim, Math.max(dimensions.get(dim) ?? 0, shape[d] ?? 0)));
    if (isOnlyDimension(hdf5, file, path)) continue;
    const name = variableName(path);
    const type = describeType(hdf5, metadata);
    if (typeof type === "string") {
      unreadable.set(name, type);
      continue;
    }
    const text = type.stringLength === null ? [] : [type.stringLength];
    for (const length of text) dimensions.set(`string${length}`, length);
    stored.set(name, { path, type });
    variables.set(name, {
      name,
      dimensions: [...own, ...text.map((length) => `string${length}`)],
      shape: [...shape, ...text],
      dtype: type.dtype,
      attributes: { ...type.attributes, ...readAttributes(hdf5, file, path) },
    });
  }
  return { dimensions: Object.fromEntries(dimensions), variables, stored, unreadable };
}

/** A variable that shares the name of a dimension it is not the scale of is stored under a prefixed name. */
function variableName(path: string): string {
  return path.slice(1).replace(/(^|\/)_nc4_non_coord_/, "$1");
}

function listDatasets(hdf5: Hdf5, file: OpenFile): string[] {
  const { Module } = hdf5;
  const paths = Module.get_names(file.file_id, "/", true).map((name) => `/${name.replace(/^\/+/, "")}`);
  return paths.filter((path) => Module.get_type(file.file_id, path) === Module.H5G_DATASET);
}

/** Scales carry the number of their dimension; variables with several dimensions of their own list these numbers. */
function dimensionNamesById(hdf5: Hdf5, file: OpenFile, paths: readonly string[]): Map<number, string> {
  const nameById = new Map<number, string>();
  for (const path of paths) {
    const id = readAttribute(hdf5, file, { path, name: "_Netcdf4Dimid" });
    if (id !== null && typeof id !== "string" && id[0] !== undefined) nameById.set(id[0], path.slice(1));
  }
  return nameById;
}

function dimensionNames(
  hdf5: Hdf5,
  file: OpenFile,
  of: {
    path: string;
    shape: readonly number[];
    nameById: ReadonlyMap<number, string>;
    known: ReadonlyMap<string, number>;
  },
): string[] {
  const { path } = of;
  const isScale = readAttribute(hdf5, file, { path, name: "CLASS" }) === "DIMENSION_SCALE";
  if (isScale && of.shape.length === 1) return [path.slice(1)];
  const ids = readAttribute(hdf5, file, { path, name: "_Netcdf4Coordinates" });
  return of.shape.map((length, d) => {
    const byId = ids === null || typeof ids === "string" ? undefined : of.nameById.get(ids[d] ?? -1);
    const attached = isScale ? undefined : attachedScale(hdf5, file, { path, dimension: d });
    return attached ?? byId ?? phonyName(of.known, length);
  });
}

function attachedScale(hdf5: Hdf5, file: OpenFile, at: { path: string; dimension: number }): string | undefined {
  const scales = inHdf5(file.filename, at.path, () =>
    hdf5.Module.get_attached_scales(file.file_id, at.path, at.dimension),
  );
  return scales[0]?.replace(/^\/+/, "");
}

function phonyName(known: ReadonlyMap<string, number>, length: number): string {
  const phony = [...known].filter(([name]) => name.startsWith("phony_dim_"));
  return phony.find(([, known]) => known === length)?.[0] ?? `phony_dim_${phony.length}`;
}

function isOnlyDimension(hdf5: Hdf5, file: OpenFile, path: string): boolean {
  const name = readAttribute(hdf5, file, { path, name: "NAME" });
  return typeof name === "string" && name.startsWith("This is a netCDF dimension but not a netCDF variable");
}
