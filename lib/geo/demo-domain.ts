import { type ProjectedGrid, wrfEarthRadiusM } from "@/lib/geo/grid";

/**
 * Domain of the demonstration weather: Lambert, 2.5 km, mass points over Campania (at least 13.0-16.0 E, 39.9-41.6 N).
 * Known to the pipeline that plans the product and to the program that makes the hours.
 */
export const demoDomain: ProjectedGrid = {
  kind: "projected",
  nX: 104,
  nY: 78,
  projection: { name: "lambert", trueLat1: 40, trueLat2: 41.5, standLon: 14.5, lat0: 40.75, radiusM: wrfEarthRadiusM },
  x0: -128_750,
  y0: -96_250,
  dX: 2_500,
  dY: 2_500,
};
