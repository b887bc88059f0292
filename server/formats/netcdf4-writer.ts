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

/**
 * Writes a product as one NetCDF-4 file: CF-1.8 and ACDD-1.3, dimension scales attached, UNLIMITED time, chunks of one
 * step with deflate, and the very integers of the Zarr store with their scale, offset and fill.
 * @param path  file to create; an older one is replaced
 * @param fields.steps  indices into `description.times` of the steps that are there; the file holds these alone
 * @param fields.packed  by variable name, [steps, y, x], row 0 in the south
 * @throws RangeError when a variable is missing or has another size
 */
export async function writeNetcdf4(
  path: string,
  description: ProductDescription,
  fields: { readonly steps: readonly number[]; readonly packed: Readonly<Record<string, PackedArray>> },
): Promise<void> {
  const library = await loadHdf5();
  const present = { ...description, times: fields.steps.map((step) => description.times[step] ?? "") };
  atFixedTime(() => {
    const file = new library.File(path, "w", { track_order: true, libver: "v110" });
    try {
      writeAttributes(file, globalAttributes(present));
      for (const coordinate of productCoordinates(present)) writeCoordinate(file, coordinate);
      const mapping = file.create_dataset({ name: "crs", data: Int32Array.of(0), shape: [], dtype: "<i" });
      writeAttributes(mapping, gridMappingAttributes(present.grid));
      for (const variable of present.variables) writeVariable(file, present, { variable, packed: fields.packed });
    } finally {
      file.close();
    }
  });
}

/**
 * HDF5 notes in each object when it was made. At a fixed time equal content gives equal bytes, so that a task that is done
 * again stores the same file. The library asks `Date.now`, and the work does not wait for anything.
 */
function atFixedTime(work: () => void): void {
  const { now } = Date;
  Date.now = () => 0;
  try {
    work();
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

function writeVariable(
  file: Hdf5.File,
  { grid, times }: ProductDescription,
  field: { variable: PublishedVariable; packed: Readonly<Record<string, PackedArray>> },
): void {
  const { name, packing } = field.variable;
  const packed = field.packed[name];
  if (packed?.length !== times.length * grid.nY * grid.nX)
    throw new RangeError(`${name} holds ${packed?.length ?? 0} cells for ${times.length} x ${grid.nY} x ${grid.nX}`);
  const dtype = packing.dtype === "int16" ? "<h" : "<i";
  const dataset = file.create_dataset({
    name,
    data: packed,
    shape: [times.length, grid.nY, grid.nX],
    maxshape: [null, grid.nY, grid.nX],
    dtype,
    chunks: [1, grid.nY, grid.nX],
    compression: 6,
  });
  attachScales(dataset, ["time", ...gridDimensions(grid)]);
  // The fill value must have the type of the data, or readers refuse or ignore it.
  dataset.create_attribute("_FillValue", [packing.fill], [1], dtype);
  writeAttributes(dataset, {
    ...variableAttributes(field.variable, grid),
    scale_factor: packing.scale,
    add_offset: packing.offset,
  });
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
