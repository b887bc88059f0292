import type { TiffTag } from "@/lib/formats/cog/tiff-directory";
import type { GridDescription, Projection } from "@/lib/geo/grid";

type GeoKey = { readonly key: number; readonly short: number } | { readonly key: number; readonly double: number };

const userDefined = 32_767;

/**
 * Tags that place a north-up raster: pixel scale, tie point at the north-western corner and GeoKeys; EPSG:4326 for
 * longitude-latitude grids, else a user-defined projection on the model's sphere.
 * Source: OGC GeoTIFF 1.1 (19-008r4); parameter choice as GDAL writes it
 */
export function georeferenceTags(grid: GridDescription): readonly TiffTag[] {
  const edges =
    grid.kind === "latlon"
      ? { dX: grid.dLon, dY: grid.dLat, west: grid.lon0 - grid.dLon / 2, south: grid.lat0 - grid.dLat / 2 }
      : { dX: grid.dX, dY: grid.dY, west: grid.x0 - grid.dX / 2, south: grid.y0 - grid.dY / 2 };
  const keys = grid.kind === "latlon" ? geographicKeys() : projectedKeys(grid.projection);
  const doubles = keys.flatMap((key) => ("double" in key ? [key.double] : []));
  let doubleAt = 0;
  const directory = keys.flatMap((key) =>
    "double" in key ? [key.key, 34_736, 1, doubleAt++] : [key.key, 0, 1, key.short],
  );
  return [
    { tag: 33_550, type: "double", values: [edges.dX, edges.dY, 0] },
    { tag: 33_922, type: "double", values: [0, 0, 0, edges.west, edges.south + grid.nY * edges.dY, 0] },
    { tag: 34_735, type: "short", values: [1, 1, 0, keys.length, ...directory] },
    ...(doubles.length > 0 ? [{ tag: 34_736, type: "double", values: doubles } as const] : []),
  ];
}

function geographicKeys(): readonly GeoKey[] {
  return [
    { key: 1024, short: 2 },
    { key: 1025, short: 1 },
    { key: 2048, short: 4326 },
    { key: 2054, short: 9102 },
  ];
}

function projectedKeys(projection: Projection): readonly GeoKey[] {
  return [
    { key: 1024, short: 1 },
    { key: 1025, short: 1 },
    { key: 2048, short: userDefined },
    { key: 2050, short: userDefined },
    { key: 2051, short: 8901 },
    { key: 2054, short: 9102 },
    { key: 2056, short: userDefined },
    { key: 2057, double: projection.radiusM },
    { key: 2058, double: projection.radiusM },
    { key: 3072, short: userDefined },
    { key: 3074, short: userDefined },
    ...projectionKeys(projection),
  ];
}

/** ProjCoordTrans, linear unit metre and the parameters, in ascending order of keys. */
function projectionKeys(projection: Projection): readonly GeoKey[] {
  const method = (short: number): GeoKey[] => [
    { key: 3075, short },
    { key: 3076, short: 9001 },
  ];
  switch (projection.name) {
    case "lambert":
      return [
        ...method(8),
        { key: 3078, double: projection.trueLat1 },
        { key: 3079, double: projection.trueLat2 },
        { key: 3084, double: projection.standLon },
        { key: 3085, double: projection.lat0 },
        { key: 3086, double: 0 },
        { key: 3087, double: 0 },
      ];
    case "mercator":
      return [
        ...method(7),
        { key: 3078, double: projection.trueLat1 },
        { key: 3080, double: projection.standLon },
        { key: 3081, double: 0 },
        { key: 3082, double: 0 },
        { key: 3083, double: 0 },
      ];
    case "polar":
      return [
        ...method(15),
        { key: 3081, double: projection.trueLat1 },
        { key: 3082, double: 0 },
        { key: 3083, double: 0 },
        { key: 3092, double: 1 },
        { key: 3095, double: projection.standLon },
      ];
  }
}
