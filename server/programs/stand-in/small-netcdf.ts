import type { AttributeValue } from "@/lib/formats/dataset";
import { type ClassicArray, type ClassicVariable, encodeClassicNetcdf } from "@/lib/formats/netcdf-classic-writer";
import type { StandInFile } from "@/server/programs/stand-in/stand-in";

/** A variable of a small file: dimensions, values, and what is said of them. */
export type SmallVariable = readonly [
  dimensions: readonly string[],
  data: ClassicArray,
  attributes?: Readonly<Record<string, AttributeValue>>,
];

/** A NetCDF file that says what it is: made by no model. */
export function smallNetcdf(
  path: string,
  content: {
    readonly dimensions: Readonly<Record<string, number>>;
    readonly variables: Readonly<Record<string, SmallVariable>>;
    readonly attributes?: Readonly<Record<string, AttributeValue>>;
    readonly metadata?: StandInFile["metadata"];
  },
): StandInFile {
  const variables = Object.entries(content.variables).map(
    ([name, [dimensions, data, attributes = {}]]): ClassicVariable => ({ name, dimensions, data, attributes }),
  );
  const attributes = { title: "Stand-in of a model, not a forecast", ...content.attributes };
  const bytes = encodeClassicNetcdf({ name: path, dimensions: content.dimensions, attributes, variables });
  return { path, bytes, ...(content.metadata === undefined ? {} : { metadata: content.metadata }) };
}

/** A file of text. */
export const textFile = (path: string, ...lines: readonly string[]): StandInFile => ({
  path,
  bytes: new TextEncoder().encode(`${lines.join("\n")}\n`),
});

/** Values on a plane, row by row from the south. */
export function plane(
  { nX, nY }: { readonly nX: number; readonly nY: number },
  value: (column: number, row: number) => number,
): Float32Array {
  return Float32Array.from({ length: nX * nY }, (_, cell) => value(cell % nX, Math.floor(cell / nX)));
}
