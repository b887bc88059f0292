import type { CfAttributes } from "@/lib/formats/cf-attributes";
import { globalAttributes, gridMappingAttributes, variableAttributes } from "@/lib/formats/cf-attributes";
import { type Coordinate, gridDimensions, productCoordinates } from "@/lib/formats/grid-coordinates";
import type { Gzip, StoreFile } from "@/lib/formats/store-file";
import { crsWkt } from "@/lib/formats/wkt";
import { takeDifferences } from "@/lib/formats/zarr/chunk";
import type { ProductDescription, PublishedVariable } from "@/lib/map/product";

type Json = Readonly<Record<string, unknown>>;

/** Chunk lengths of the published variables: time, y, x. */
export type ChunkShape = readonly [number, number, number];

/**
 * All of a Zarr v2 group but the chunks of its published variables: metadata, consolidated metadata and coordinates.
 * The full time axis stands from the start, so that the files never change while steps arrive.
 * @param folder  path of the group below the product's folder
 * Source: Zarr storage specification v2; `_ARRAY_DIMENSIONS` as xarray reads it; `_CRS` as GDAL's Zarr driver does
 */
export async function encodeZarrGroup(
  description: ProductDescription,
  group: { readonly folder: string; readonly chunks: ChunkShape; readonly gzip: Gzip },
): Promise<readonly StoreFile[]> {
  const coordinates = productCoordinates(description);
  const documents = new Map<string, Json>([
    [".zgroup", { zarr_format: 2 }],
    [".zattrs", globalAttributes(description)],
    ...coordinates.flatMap(coordinateDocuments),
    ...gridMappingDocuments(description),
    ...description.variables.flatMap((variable) => variableDocuments(variable, description, group.chunks)),
  ]);
  const consolidated = { zarr_consolidated_format: 1, metadata: Object.fromEntries(documents) };
  const metadata = [...documents, [".zmetadata", consolidated] as const].map(([name, document]) => ({
    path: `${group.folder}/${name}`,
    bytes: jsonBytes(document),
  }));
  const arrays = coordinates.map(async (coordinate) => ({
    path: `${group.folder}/${coordinate.name}/${coordinate.shape.map(() => 0).join(".")}`,
    bytes: await group.gzip(new Uint8Array(storedCoordinate(coordinate).buffer)),
  }));
  const mapping = { path: `${group.folder}/crs/0`, bytes: await group.gzip(new Uint8Array(4)) };
  return [...metadata, ...(await Promise.all(arrays)), mapping];
}

/** Planes are whole multiples of a power of two, so that their differences are exact. */
function storedCoordinate({ values, shape }: Coordinate): Float64Array {
  if (shape.length !== 2) return values;
  const differences = values.slice();
  takeDifferences(differences);
  return differences;
}

function coordinateDocuments({ name, dimensions, shape, attributes }: Coordinate): [string, Json][] {
  const filters = shape.length === 2 ? [{ id: "delta", dtype: "<f8", astype: "<f8" }] : null;
  const layout = { shape, chunks: shape, dtype: "<f8", fill_value: null, filters };
  return arrayDocuments(name, layout, { ...attributes, _ARRAY_DIMENSIONS: dimensions });
}

function gridMappingDocuments({ grid }: ProductDescription): [string, Json][] {
  const layout = { shape: [], chunks: [], dtype: "<i4", fill_value: null, filters: null };
  return arrayDocuments("crs", layout, { ...gridMappingAttributes(grid), _ARRAY_DIMENSIONS: [] });
}

function variableDocuments(
  variable: PublishedVariable,
  { grid, times }: ProductDescription,
  chunks: ChunkShape,
): [string, Json][] {
  const { dtype: name, scale, offset, fill } = variable.packing;
  const dtype = name === "int16" ? "<i2" : "<i4";
  const filters = [{ id: "delta", dtype, astype: dtype }];
  const layout = { shape: [times.length, grid.nY, grid.nX], chunks, dtype, fill_value: fill, filters };
  const attributes: CfAttributes = { ...variableAttributes(variable, grid), scale_factor: scale, add_offset: offset };
  return arrayDocuments(variable.name, layout, {
    ...attributes,
    _FillValue: fill,
    _CRS: { wkt: crsWkt(grid) },
    _ARRAY_DIMENSIONS: ["time", ...gridDimensions(grid)],
  });
}

function arrayDocuments(name: string, layout: Json, attributes: Json): [string, Json][] {
  const zarray = {
    zarr_format: 2,
    ...layout,
    compressor: { id: "gzip", level: 6 },
    order: "C",
    dimension_separator: ".",
  };
  return [
    [`${name}/.zarray`, zarray],
    [`${name}/.zattrs`, attributes],
  ];
}

function jsonBytes(document: Json): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(document));
}
