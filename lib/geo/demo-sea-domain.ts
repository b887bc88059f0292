import type { LatLonGrid } from "@/lib/geo/grid";

/**
 * Domain of the demonstration sea: the Gulf of Naples, cells of about 1 km. Known to the pipeline that plans the product
 * and to the program that makes the hours.
 */
export const demoSeaDomain: LatLonGrid = {
  kind: "latlon",
  nX: 76,
  nY: 54,
  lon0: 13.766,
  lat0: 40.4245,
  dLon: 0.012,
  dLat: 0.009,
};
