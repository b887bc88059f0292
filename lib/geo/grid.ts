/** A horizontal grid of nY x nX cells, row 0 in the south, column 0 in the west. Cell centres sit at integer indices. */
export type GridDescription = LatLonGrid | ProjectedGrid;

/** Regular in longitude and latitude, degrees; `lon0`, `lat0` are the centre of cell (0, 0). */
export type LatLonGrid = {
  readonly kind: "latlon";
  readonly nX: number;
  readonly nY: number;
  readonly lon0: number;
  readonly lat0: number;
  readonly dLon: number;
  readonly dLat: number;
};

/** Regular in metres on a projection; `x0`, `y0` are the centre of cell (0, 0) in projection coordinates. */
export type ProjectedGrid = {
  readonly kind: "projected";
  readonly nX: number;
  readonly nY: number;
  readonly projection: Projection;
  readonly x0: number;
  readonly y0: number;
  readonly dX: number;
  readonly dY: number;
};

/** WRF's projections on its sphere; angles in degrees. */
export type Projection =
  | {
      readonly name: "lambert";
      readonly trueLat1: number;
      readonly trueLat2: number;
      readonly standLon: number;
      readonly lat0: number;
      readonly radiusM: number;
    }
  | { readonly name: "mercator"; readonly trueLat1: number; readonly standLon: number; readonly radiusM: number }
  | { readonly name: "polar"; readonly trueLat1: number; readonly standLon: number; readonly radiusM: number };

/** Radius of the sphere that WRF projects from, metres. */
export const wrfEarthRadiusM = 6_370_000;
