import type { GridDescription, Projection } from "@/lib/geo/grid";

/**
 * A grid's reference system as OGC WKT 1, which every GDAL since 1.0 reads: CRS 84 (longitude first) for a longitude-latitude
 * grid, else the model's projection on its sphere. Longitude first because GDAL 3.6 mixes the axes of a 3-D Zarr array
 * up when the reference system has latitude first.
 * Source: OGC 01-009 and the PROJ parameter names of GDAL
 */
export function crsWkt(grid: GridDescription): string {
  if (grid.kind === "latlon")
    return 'GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563,AUTHORITY["EPSG","7030"]],AUTHORITY["EPSG","6326"]],PRIMEM["Greenwich",0],UNIT["degree",0.0174532925199433],AXIS["Longitude",EAST],AXIS["Latitude",NORTH],AUTHORITY["OGC","CRS84"]]';
  const { name, parameters } = projectionWkt(grid.projection);
  const listed = [...parameters, ["false_easting", 0], ["false_northing", 0]]
    .map(([parameter, value]) => `,PARAMETER["${parameter}",${value}]`)
    .join("");
  const sphere = `GEOGCS["Sphere of the model",DATUM["unknown",SPHEROID["Sphere",${grid.projection.radiusM},0]],PRIMEM["Greenwich",0],UNIT["degree",0.0174532925199433]]`;
  return `PROJCS["Grid of the model",${sphere},PROJECTION["${name}"]${listed},UNIT["metre",1],AXIS["Easting",EAST],AXIS["Northing",NORTH]]`;
}

type ProjectionWkt = { readonly name: string; readonly parameters: readonly (readonly [string, number])[] };

function projectionWkt(projection: Projection): ProjectionWkt {
  switch (projection.name) {
    case "lambert":
      return {
        name: "Lambert_Conformal_Conic_2SP",
        parameters: [
          ["latitude_of_origin", projection.lat0],
          ["central_meridian", projection.standLon],
          ["standard_parallel_1", projection.trueLat1],
          ["standard_parallel_2", projection.trueLat2],
        ],
      };
    case "mercator":
      return {
        name: "Mercator_2SP",
        parameters: [
          ["standard_parallel_1", projection.trueLat1],
          ["central_meridian", projection.standLon],
        ],
      };
    case "polar":
      return {
        name: "Polar_Stereographic",
        parameters: [
          ["latitude_of_origin", projection.trueLat1],
          ["central_meridian", projection.standLon],
          ["scale_factor", 1],
        ],
      };
  }
}
