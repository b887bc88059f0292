import { NereusError } from "@/lib/errors";
import type { Dataset, Variable } from "@/lib/formats/dataset";
import { readUnpacked } from "@/lib/formats/packing";
import { findPlaces, kept } from "@/lib/formats/preview/find-places";
import type { PreviewPlane } from "@/lib/formats/preview/preview-plane";

/** Rows and columns that are shown at most. */
const mostAcross = 400;
/** Cells of a plane that are read at most. */
const mostCells = 16 * 1024 * 1024;
const [fill, lowest, highest] = [-32_768, -32_767, 32_767];

/**
 * One plane of a variable to look at: its last two dimensions at given positions of the others, as 16-bit integers between its
 * own extremes (1/65,534 of the range is lost) and with the places of its cells.
 * @param wanted.indices  one for each dimension before the last two; positions beyond the end are taken back to it
 * @throws variable-missing; unsupported-feature for a variable without two dimensions or a plane that is too large; what
 *   `readRaw` throws
 */
export async function readPlane(
  dataset: Dataset,
  wanted: { readonly variable: string; readonly indices: readonly number[] },
): Promise<PreviewPlane> {
  const variable = findVariable(dataset, wanted.variable);
  const { name, shape, attributes } = variable;
  const [nY = 0, nX = 0] = shape.slice(-2);
  const refuse = (feature: string) => new NereusError("unsupported-feature", { file: dataset.name, feature });
  if (shape.length < 2 || variable.dtype === "char" || nX * nY === 0)
    throw refuse(`a map of ${name}, which is no plane`);
  if (nX * nY > mostCells) throw refuse(`a map of ${name} with ${nX * nY} cells`);
  const outer = shape.slice(0, -2).map((length, d) => Math.max(0, Math.min(length - 1, wanted.indices[d] ?? 0)));
  const slab = { start: [...outer, 0, 0], count: [...outer.map(() => 1), nY, nX] };
  const values = await readUnpacked(dataset, name, slab);
  const stride = Math.max(1, Math.ceil(Math.max(nX, nY) / mostAcross));
  const [columns, rows] = [kept(nX, stride), kept(nY, stride)];
  const shown = Float64Array.from(
    rows.flatMap((row) => columns.map((column) => values[row * nX + column] ?? Number.NaN)),
  );
  const text = (value: unknown) => (typeof value === "string" && value !== "" ? value : null);
  return {
    variable: name,
    title: text(attributes.long_name) ?? text(attributes.standard_name) ?? text(attributes.description),
    units: text(attributes.units),
    nX: columns.length,
    nY: rows.length,
    stride,
    ...packed(shown),
    places: await findPlaces(dataset, { variable, stride }),
  };
}

function findVariable({ name: file, variables }: Dataset, wanted: string): Variable {
  const variable = variables.get(wanted);
  if (variable !== undefined) return variable;
  throw new NereusError("variable-missing", { file, variable: wanted, present: [...variables.keys()].join(", ") });
}

function packed(values: Float64Array): Pick<PreviewPlane, "range" | "integers" | "packing"> {
  let [min, max] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    if (value < min) min = value;
    if (value > max) max = value;
  }
  const isEmpty = min > max;
  const scale = isEmpty || max === min ? 1 : (max - min) / (highest - lowest);
  const offset = isEmpty ? 0 : min - lowest * scale;
  const bytes = new DataView(new ArrayBuffer(values.length * 2));
  values.forEach((value, at) => {
    bytes.setInt16(at * 2, Number.isFinite(value) ? Math.round((value - offset) / scale) : fill, true);
  });
  return { range: isEmpty ? null : { min, max }, integers: toBase64(bytes.buffer), packing: { scale, offset, fill } };
}

function toBase64(buffer: ArrayBuffer): string {
  let text = "";
  for (const byte of new Uint8Array(buffer)) text += String.fromCharCode(byte);
  return btoa(text);
}
