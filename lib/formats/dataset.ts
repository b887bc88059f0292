/** Numbers or text as a file holds them. 64-bit integers come as float64, exact below 2^53. */
export type NumericArray =
  | Int8Array
  | Uint8Array
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array
  | Float32Array
  | Float64Array;
export type AttributeValue = string | NumericArray;

export type Variable = {
  readonly name: string;
  /** Names of its dimensions, slowest first; empty for a scalar. */
  readonly dimensions: readonly string[];
  readonly shape: readonly number[];
  readonly dtype:
    | "int8"
    | "uint8"
    | "int16"
    | "uint16"
    | "int32"
    | "uint32"
    | "int64"
    | "uint64"
    | "float32"
    | "float64"
    | "char";
  readonly attributes: Readonly<Record<string, AttributeValue>>;
};

export type DatasetFormat =
  | "netcdf-classic"
  | "netcdf-64bit-offset"
  | "netcdf-64bit-data"
  | "netcdf-4"
  | "hdf5"
  | "grib1"
  | "grib2"
  | "tiff"
  | "geotiff"
  | "calpuff"
  | "hysplit"
  | "geo-dat"
  | "zarr";

/** An open file of any format behind one face; the content was sniffed, never the name. */
export interface Dataset {
  readonly name: string;
  readonly format: DatasetFormat;
  readonly dimensions: Readonly<Record<string, number>>;
  readonly attributes: Readonly<Record<string, AttributeValue>>;
  readonly variables: ReadonlyMap<string, Variable>;
  /** Arrays that are there but cannot be handed out as numbers or characters: name -> what they hold. */
  readonly unreadable?: ReadonlyMap<string, string>;
  /** Valid times, ISO 8601 UTC, in formats that keep them outside variables. */
  readonly timesUtc?: readonly string[];
  /**
   * One hyperslab, raw as stored (no scale, no fill handling); `char` data come as bytes.
   * @param start  first index per dimension; absent = 0s
   * @param count  length per dimension; absent = to the end
   * @throws variable-missing, file-truncated, format-invalid, unsupported-feature
   */
  readRaw(name: string, start?: readonly number[], count?: readonly number[]): Promise<NumericArray>;
  close(): Promise<void>;
}
