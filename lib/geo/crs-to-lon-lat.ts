import { wrapLongitude } from "@/lib/geo/projection";
import { utmToLonLat } from "@/lib/geo/transverse-mercator";

/** Longitude and latitude of a point in a reference system, degrees. */
export type ToLonLat = (x: number, y: number) => { readonly lon: number; readonly lat: number };

/** Systems in degrees whose datum differs from WGS 84 by less than about 2 m. */
const geographic: ReadonlySet<string> = new Set(["EPSG:4326", "EPSG:4258", "EPSG:4269", "EPSG:4979"]);
const webMercatorRadiusM = 6_378_137;

/**
 * How coordinates of a reference system become longitude and latitude: geographic systems near WGS 84, web Mercator, and
 * UTM on WGS 84, ETRS89 and NAD83. Good enough to find a raster on a map, not to survey: the datum is taken for WGS 84.
 * @param crs  such as `EPSG:32633`
 * @returns null for a system that is not known
 */
export function crsToLonLat(crs: string): ToLonLat | null {
  if (geographic.has(crs)) return (lon, lat) => ({ lon, lat });
  if (crs === "EPSG:3857")
    return (x, y) => ({
      lon: wrapLongitude((x / webMercatorRadiusM / Math.PI) * 180),
      lat: ((2 * Math.atan(Math.exp(y / webMercatorRadiusM)) - Math.PI / 2) / Math.PI) * 180,
    });
  const zone = utmZone(Number(/^EPSG:(\d+)$/.exec(crs)?.[1]));
  return zone === null ? null : (x, y) => utmToLonLat(zone, { x, y });
}

/** Source: EPSG registry: 326zz and 327zz WGS 84, 258zz ETRS89, 269zz NAD83. */
function utmZone(code: number): { readonly zone: number; readonly isSouth: boolean } | null {
  const [series, zone] = [Math.trunc(code / 100), code % 100];
  const isKnown =
    ((series === 326 || series === 327) && zone >= 1 && zone <= 60) ||
    (series === 258 && zone >= 28 && zone <= 38) ||
    (series === 269 && zone >= 1 && zone <= 23);
  return isKnown ? { zone, isSouth: series === 327 } : null;
}
