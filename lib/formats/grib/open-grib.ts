import { NereusError } from "@/lib/errors";
import type { ByteSource } from "@/lib/formats/byte-source";
import type { Dataset, NumericArray, Variable } from "@/lib/formats/dataset";
import { decodeField } from "@/lib/formats/grib/decode-field";
import type { DecodeJpeg2000 } from "@/lib/formats/grib/decode-image";
import { findMessages, type GribMessage } from "@/lib/formats/grib/find-messages";
import type { GribField } from "@/lib/formats/grib/grib-field";
import { parseGrib1 } from "@/lib/formats/grib/parse-grib1";
import { parseGrib2 } from "@/lib/formats/grib/parse-grib2";
import { resolveSlab } from "@/lib/formats/resolve-slab";
import { subarrayOf } from "@/lib/formats/subarray";

/**
 * Opens a GRIB file of edition 1 or 2 over any byte source. Each field is a variable
 * `number:shortName:level:value:stepHours`, numbered over the file; its values are decoded already, NaN where missing,
 * rows as stored. Closing the data set closes the source.
 * @param jpeg2000 opens the codestreams of fields that are packed so
 * @throws file-truncated, format-invalid; unsupported-feature where no field of it can be decoded
 */
export async function openGrib(source: ByteSource, jpeg2000: DecodeJpeg2000): Promise<Dataset> {
  const fields = await readFields(source);
  const { name: file } = source;
  const byName = new Map(fields.filter(isDecodable).map((one) => [nameOf(one.field), one]));
  const unreadable = new Map(
    fields.filter((one) => !isDecodable(one)).map(({ field }) => [nameOf(field), lack(field)]),
  );
  const [feature] = unreadable.values();
  if (byName.size === 0 && feature !== undefined) throw new NereusError("unsupported-feature", { file, feature });
  if (byName.size === 0)
    throw new NereusError("format-invalid", { file, place: "its messages", problem: "none holds a field" });
  const variables = new Map([...byName].map(([name, { field }]) => [name, toVariable(name, field)]));
  // Statistics and maps ask for one field piece by piece.
  let last: { name: string; values: Float64Array } | null = null;
  return {
    name: file,
    format: fields[0]?.field.edition === 1 ? "grib1" : "grib2",
    dimensions: {},
    attributes: {},
    variables,
    unreadable,
    timesUtc: [...new Set(fields.map(({ field }) => field.validUtc))],
    async readRaw(name, start, count): Promise<NumericArray> {
      const [found, variable] = [byName.get(name), variables.get(name)];
      if (found === undefined || variable === undefined)
        throw new NereusError("variable-missing", { file, variable: name, present: [...byName.keys()].join(", ") });
      const slab = resolveSlab(file, variable, { start, count });
      if (last?.name !== name) last = { name, values: await decodeField(source, found, jpeg2000) };
      return subarrayOf(last.values, variable.shape, slab);
    },
    close: () => source.close(),
  };
}

function isDecodable({ field }: FoundField): boolean {
  return field.packing.method.name !== "unsupported";
}

function lack({ packing }: GribField): string {
  return packing.method.name === "unsupported" ? packing.method.feature : "";
}

type FoundField = { readonly message: GribMessage; readonly field: GribField };

async function readFields(source: ByteSource): Promise<FoundField[]> {
  const fields: FoundField[] = [];
  for (const message of await findMessages(source)) {
    const found = message.edition === 1 ? [await parseGrib1(source, message)] : await parseGrib2(source, message);
    for (const field of found) fields.push({ message, field: { ...field, number: fields.length + 1 } });
  }
  return fields;
}

function nameOf({ number, parameter, level, stepHours }: GribField): string {
  return `${String(number).padStart(3, "0")}:${parameter.shortName}:${level.kind}:${level.value}:${stepHours}`;
}

function toVariable(name: string, { number, parameter, level, grid, validUtc, referenceUtc }: GribField): Variable {
  const [rows, columns] = grid.shape.length === 2 ? ["row", "column"] : ["point", ""];
  return {
    name,
    dimensions: grid.shape.map((_, d) => `${d === 0 ? rows : columns}_${number}`),
    shape: grid.shape,
    dtype: "float64",
    attributes: {
      units: parameter.units,
      long_name: parameter.title,
      level_type: level.kind,
      level: Float64Array.of(level.value),
      grid: grid.kind,
      ...(grid.corners === null
        ? {}
        : { corners: Float64Array.of(grid.corners.lat1, grid.corners.lon1, grid.corners.lat2, grid.corners.lon2) }),
      valid_time: validUtc,
      reference_time: referenceUtc,
      // Missing values are NaN already: nothing that a field holds is a fill value.
      _FillValue: new Float64Array(),
    },
  };
}
