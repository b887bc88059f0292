import type { StorageType } from "@/lib/formats/classic/storage-types";
import type { AttributeValue, Dataset, Variable } from "@/lib/formats/dataset";

/** What the head of a classic file says, checked against the size of the file. */
export type ClassicHeader = {
  readonly format: Dataset["format"];
  readonly dimensions: Readonly<Record<string, number>>;
  readonly attributes: Readonly<Record<string, AttributeValue>>;
  readonly variables: ReadonlyMap<string, ClassicVariable>;
};

export type ClassicVariable = {
  readonly variable: Variable;
  readonly type: StorageType;
  /** Offset of its first byte in the file. */
  readonly begin: number;
  /** Distance of neighbours along each dimension, bytes; along the record dimension it spans all record variables. */
  readonly stridesBytes: readonly number[];
};
