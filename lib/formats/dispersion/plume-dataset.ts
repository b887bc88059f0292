import { NereusError } from "@/lib/errors";
import type { ByteSource } from "@/lib/formats/byte-source";
import type { AttributeValue, Dataset, DatasetFormat, NumericArray, Variable } from "@/lib/formats/dataset";
import { resolveSlab } from "@/lib/formats/resolve-slab";
import { subarrayOf } from "@/lib/formats/subarray";

/** One field of a dispersion model: a species at a level in one averaging period. */
export type PlumeField = {
  readonly name: string;
  readonly dimensions: readonly string[];
  readonly shape: readonly number[];
  readonly attributes: Readonly<Record<string, AttributeValue>>;
  /** @returns float32 values, rows from the south, columns from the west */
  read(): Promise<Float32Array>;
};

/** What a dispersion model's file is as a data set. Values are as stored: none of them means a missing cell. */
export function plumeDataset(
  source: ByteSource,
  file: {
    readonly format: DatasetFormat;
    readonly dimensions: Readonly<Record<string, number>>;
    readonly attributes: Readonly<Record<string, AttributeValue>>;
    readonly timesUtc: readonly string[];
    readonly fields: readonly PlumeField[];
  },
): Dataset {
  const byName = new Map(file.fields.map((field) => [field.name, field]));
  const variables = new Map(file.fields.map((field) => [field.name, toVariable(field)]));
  return {
    name: source.name,
    format: file.format,
    dimensions: file.dimensions,
    attributes: file.attributes,
    timesUtc: file.timesUtc,
    variables,
    async readRaw(name, start, count): Promise<NumericArray> {
      const [field, variable] = [byName.get(name), variables.get(name)];
      if (field === undefined || variable === undefined)
        throw new NereusError("variable-missing", {
          file: source.name,
          variable: name,
          present: [...byName.keys()].join(", "),
        });
      return subarrayOf(await field.read(), variable.shape, resolveSlab(source.name, variable, { start, count }));
    },
    close: () => source.close(),
  };
}

function toVariable({ name, dimensions, shape, attributes }: PlumeField): Variable {
  return { name, dimensions, shape, dtype: "float32", attributes: { _FillValue: new Float32Array(), ...attributes } };
}
