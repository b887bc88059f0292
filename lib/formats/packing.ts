import type { AttributeValue, Dataset, NumericArray, Variable } from "@/lib/formats/dataset";
import { defaultFills } from "@/lib/formats/default-fills";

/**
 * Reads a hyperslab as physical values in double precision: stored x scale_factor + add_offset, missing = NaN.
 * Missing is: NaN; equal to _FillValue or missing_value as stored; equal to one of them after unpacking where the
 * attribute is a fraction or too large for the stored integers; the default fill of the type where the file gives no
 * _FillValue. `valid_range` is not applied.
 * @param slab start and count per dimension as in `Dataset.readRaw`
 * @throws variable-missing, file-truncated, format-invalid, unsupported-feature
 * Source: CF conventions 1.8, section 8.1 and 2.5.1; NetCDF Users Guide, attribute conventions.
 */
export async function readUnpacked(
  dataset: Dataset,
  name: string,
  slab: { start?: readonly number[]; count?: readonly number[] } = {},
): Promise<Float64Array> {
  const raw = await dataset.readRaw(name, slab.start, slab.count);
  const variable = dataset.variables.get(name);
  return variable === undefined ? Float64Array.from(raw) : unpack(variable, raw);
}

/** Physical values of raw ones, see `readUnpacked`. */
export function unpack(variable: Variable, raw: NumericArray): Float64Array {
  const { attributes } = variable;
  const scale = numberOf(attributes.scale_factor);
  const offset = numberOf(attributes.add_offset);
  const isPacked = scale !== null || offset !== null;
  const fills = [...numbersOf(attributes._FillValue), ...numbersOf(attributes.missing_value)];
  // Bytes have no default fill: every value of theirs may be data.
  if (attributes._FillValue === undefined && !["int8", "uint8", "char"].includes(variable.dtype))
    fills.push(defaultFills[variable.dtype]);
  // Converted as a whole first: a loop that sees one kind of array is several times as fast.
  const values = new Float64Array(asStored(variable, raw));
  blank(values, asKept(variable, fills));
  if (!isPacked) return values;
  const [factor, shift] = [scale ?? 1, offset ?? 0];
  for (let at = 0; at < values.length; at += 1) values[at] = (values[at] ?? 0) * factor + shift;
  if (isInteger(variable))
    blank(
      values,
      fills.filter((fill) => !fits(variable, fill)),
    );
  return values;
}

/** Makes every value that equals one of `fills` NaN, in place. */
function blank(values: Float64Array, fills: readonly number[]): void {
  for (const fill of new Set(fills))
    for (let at = 0; at < values.length; at += 1) if (values[at] === fill) values[at] = Number.NaN;
}

const integerLimits: Partial<Record<Variable["dtype"], readonly [number, number]>> = {
  int8: [-128, 127],
  uint8: [0, 255],
  int16: [-32768, 32767],
  uint16: [0, 65535],
  int32: [-2147483648, 2147483647],
  uint32: [0, 4294967295],
};

function isInteger(variable: Variable): boolean {
  return integerLimits[variable.dtype] !== undefined;
}

function fits(variable: Variable, value: number): boolean {
  const [lowest, highest] = integerLimits[variable.dtype] ?? [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
  return Number.isInteger(value) && value >= lowest && value <= highest;
}

/** Fill values as the numbers that they are compared with: of the variable's precision, and of its sign. */
function asKept(variable: Variable, fills: readonly number[]): readonly number[] {
  if (variable.dtype === "float32") return fills.map(Math.fround);
  const [, highest = 0] = integerLimits[variable.dtype] ?? [];
  return isUnsigned(variable) ? fills.map((fill) => (fill < 0 ? fill + 2 * (highest + 1) : fill)) : fills;
}

function isUnsigned({ attributes }: Variable): boolean {
  return typeof attributes._Unsigned === "string" && attributes._Unsigned.toLowerCase() === "true";
}

/** Classic files store unsigned bytes and shorts as signed ones with `_Unsigned = "true"`. */
function asStored(variable: Variable, raw: NumericArray): NumericArray {
  if (!isUnsigned(variable)) return raw;
  if (raw instanceof Int8Array) return Uint8Array.from(raw);
  if (raw instanceof Int16Array) return Uint16Array.from(raw);
  return raw instanceof Int32Array ? Uint32Array.from(raw) : raw;
}

function numberOf(value: AttributeValue | undefined): number | null {
  return numbersOf(value)[0] ?? null;
}

function numbersOf(value: AttributeValue | undefined): number[] {
  if (value === undefined) return [];
  if (typeof value !== "string") return Array.from(value);
  const number = Number(value);
  return value.trim() === "" || Number.isNaN(number) ? [] : [number];
}
