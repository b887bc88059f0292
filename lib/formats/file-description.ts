import type { ErrorCode, ErrorFields } from "@/lib/errors";
import type { VariableStatistics } from "@/lib/formats/statistics";

/** What a file is and holds, as the program `inspect` tells it. */
export type FileDescription = {
  /** What messages call it: a path or an address. */
  readonly file: string;
  readonly sizeBytes: number;
  /** Name of the format as its users write it, such as `NetCDF-4` or `GRIB2`. */
  readonly format: string;
  readonly dimensions: Readonly<Record<string, number>>;
  readonly variables: readonly DescribedVariable[];
  /** ISO 8601 UTC in the order of the file; empty where it holds none. */
  readonly timesUtc: readonly string[];
  readonly grid: DescribedGrid | null;
  /** Rows of a table or features of a map; null for arrays. */
  readonly records: DescribedRecords | null;
  /** What stands in the way of using it, most important first. */
  readonly problems: readonly FileProblem[];
};

export type DescribedVariable = {
  readonly name: string;
  readonly dimensions: readonly string[];
  readonly shape: readonly number[];
  /** Type as stored, before decoding. */
  readonly dtype: string;
  readonly units: string | null;
  readonly title: string | null;
  readonly statistics?: VariableStatistics;
};

export type DescribedGrid = {
  /** Its projection in words, such as `latitude-longitude` or `EPSG:32633`. */
  readonly projection: string;
  readonly nX: number;
  readonly nY: number;
  /** Degrees where the projection is geographic or the file holds latitudes, else units of the projection. */
  readonly bounds: Bounds | null;
};

export type Bounds = { readonly west: number; readonly south: number; readonly east: number; readonly north: number };

export type DescribedRecords = {
  readonly count: number;
  /** Columns of a table, properties of features. */
  readonly columns: readonly string[];
  /** `Point`, `LineString`, ... with how many there are; empty for a table. */
  readonly geometries: Readonly<Record<string, number>>;
  readonly bounds: Bounds | null;
};

/** A code of `lib/errors` with its fields, so that every language can say it. */
export type FileProblem = { [Code in ErrorCode]: { code: Code; fields: ErrorFields[Code] } }[ErrorCode];

/** One line of what `inspect` writes about several files. */
export type DescribedFile = {
  readonly name: string;
  readonly elapsedSeconds: number;
  readonly outcome: { readonly description: FileDescription } | { readonly error: FileProblem };
};
