import type * as Hdf5 from "h5wasm/node";
import {
  type CfAttributes,
  globalAttributes,
  gridMappingAttributes,
  variableAttributes,
} from "@/lib/formats/cf-attributes";
import { type Coordinate, gridDimensions, productCoordinates } from "@/lib/formats/grid-coordinates";
import type { PackedArray } from "@/lib/formats/pack";
import type { ProductDescription, PublishedVariable } from "@/lib/map/product";
import { loadHdf5 } from "@/server/formats/hdf5-library";

/** The fields of a product as they are asked for, one at a time. */
export type FieldSource = {
  /** Indices into `description.times` of the steps that are there. */
  readonly steps: readonly number[];
  /** Integers of one variable at one step, [y, x], row 0 in the south. */
  read(variable: PublishedVariable, step: number): PackedArray | Promise<PackedArray>;
};

/**
 * Writes a product as one NetCDF-4 file: CF-1.8 and ACDD-1.3, dimension scales attached, UNLIMITED time, chunks of one
 * step with deflate, and the very integers of the Zarr store with their scale, offset and fill. One field is in memory at
 * a time.
 * @param path  file to create; an older one is replaced
 * @param fields  the file holds their steps alone
 * @throws RangeError when a field has another size; what `read` throws
 */
export async function writeNetcdf4(path: string, description: ProductDescription, fields: FieldSource): Promise<void> {
  const { File } = await loadHdf5();
  const present = { ...description, times: fields.steps.map((step) => description.times[step] ?? "") };
  const file = atFixedTime(() => new File(path, "w", { track_order: true, libver: "v110" }));
  try {
    atFixedTime(() => writeFrame(file, present));
    for (const variable of present.variables) await writeVariable(file, present, { variable, fields });
  } finally {
    atFixedTime(() => file.close());
  }
}

/** All but the variables themselves. */
function writeFrame(file: Hdf5.File, description: ProductDescription): void {
  writeAttributes(file, globalAttributes(description));
  for (const coordinate of productCoordinates(description)) writeCoordinate(file, coordinate);
  const mapping = file.create_dataset({ name: "crs", data: Int32Array.of(0), shape: [], dtype: "<i" });
  writeAttributes(mapping, gridMappingAttributes(description.grid));
}

/**
 * HDF5 notes in each object when it was made. At a fixed time equal content gives equal bytes, so that a task that is done
 * again stores the same file. The library asks `Date.now`, and the work does not wait for anything.
 */
function atFixedTime<Result>(work: () => Result): Result {
  const { now } = Date;
  Date.now = () => 0;
  try {
    return work();
  } finally {
    Date.now = now;
  }
}

function writeCoordinate(file: Hdf5.File, { name, dimensions, shape, values, attributes }: Coordinate): void {
  const isTime = name === "time";
  const dataset = file.create_dataset({
    name,
    data: values,
    shape: [...shape],
    dtype: "<d",
    ...(isTime ? { maxshape: [null], chunks: [Math.max(1, values.length)] } : {}),
  });
  if (dimensions.length === 1 && dimensions[0] === name) dataset.make_scale(name);
  else attachScales(dataset, dimensions);
  writeAttributes(dataset, attributes);
}

async function writeVariable(
  file: Hdf5.File,
  description: ProductDescription,
  { variable, fields }: { variable: PublishedVariable; fields: FieldSource },
): Promise<void> {
  const { grid } = description;
  let dataset: Hdf5.Dataset | null = null;
  for (const [place, step] of fields.steps.entries()) {
    const field = await fields.read(variable, step);
    if (field.length !== grid.nY * grid.nX)
      throw new RangeError(`${variable.name} holds ${field.length} cells for ${grid.nY} x ${grid.nX}`);
    atFixedTime(() => {
      dataset ??= createVariable(file, description, { variable, first: field });
      if (place > 0) dataset.write_slice([[place, place + 1], [], []], field);
    });
  }
}

/** The library makes a data set from data alone: from the first step, then as long as all of them. */
function createVariable(
  file: Hdf5.File,
  { grid, times }: ProductDescription,
  { variable, first }: { variable: PublishedVariable; first: PackedArray },
): Hdf5.Dataset {
  const { name, packing } = variable;
  const dtype = packing.dtype === "int16" ? "<h" : "<i";
  const dataset = file.create_dataset({
    name,
    data: first,
    shape: [1, grid.nY, grid.nX],
    maxshape: [null, grid.nY, grid.nX],
    dtype,
    chunks: [1, grid.nY, grid.nX],
    compression: 6,
  });
  dataset.resize([times.length, grid.nY, grid.nX]);
  attachScales(dataset, ["time", ...gridDimensions(grid)]);
  // The fill value must have the type of the data, or readers refuse or ignore it.
  dataset.create_attribute("_FillValue", [packing.fill], [1], dtype);
  writeAttributes(dataset, {
    ...variableAttributes(variable, grid),
    scale_factor: packing.scale,
    add_offset: packing.offset,
  });
  return dataset;
}

function attachScales(dataset: Hdf5.Dataset, dimensions: readonly string[]): void {
  dimensions.forEach((dimension, index) => {
    dataset.attach_scale(index, `/${dimension}`);
  });
}

/**
 * Text as fixed-length strings, since variable-length ones read as arrays of strings elsewhere; numbers as float64, our
 * own whole numbers as int32.
 */
function writeAttributes(target: Hdf5.File | Hdf5.Dataset, attributes: CfAttributes): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "string") {
      const bytes = new TextEncoder().encode(value).length;
      if (bytes > 0) target.create_attribute(name, value, [], `S${bytes}`);
      continue;
    }
    const numbers = typeof value === "number" ? [value] : [...value];
    const isCount = name.startsWith("nereus_") && numbers.every(Number.isInteger);
    target.create_attribute(name, numbers, [numbers.length], isCount ? "<i" : "<d");
  }
}
