import { wrapLongitude } from "@/lib/geo/projection";

const rad = Math.PI / 180;
/** WGS 84; that of GRS 80, under ETRS89 and NAD83, differs by 0.1 mm. */
const [semiMajorM, flattening] = [6_378_137, 1 / 298.257_223_563];
const n = flattening / (2 - flattening);
const rectifyingRadiusM = (semiMajorM / (1 + n)) * (1 + n ** 2 / 4 + n ** 4 / 64);
const beta = [
  n / 2 - (2 * n ** 2) / 3 + (37 * n ** 3) / 96 - n ** 4 / 360,
  n ** 2 / 48 + n ** 3 / 15 - (437 * n ** 4) / 1440,
  (17 * n ** 3) / 480 - (37 * n ** 4) / 840,
  (4397 * n ** 4) / 161_280,
];
const delta = [
  2 * n - (2 * n ** 2) / 3 - 2 * n ** 3 + (116 * n ** 4) / 45,
  (7 * n ** 2) / 3 - (8 * n ** 3) / 5 - (227 * n ** 4) / 45,
  (56 * n ** 3) / 15 - (136 * n ** 4) / 35,
  (4279 * n ** 4) / 630,
];

/**
 * Longitude and latitude of a point of a UTM zone, degrees.
 * @param zone  1..60, counted from 180 W
 * @param at    easting and northing, m
 * Source: Krüger (1912) series to n^4, as in Karney (2011), Transverse Mercator with an accuracy of a few nanometers,
 * equations 11, 15, 17 and 25; checked against PROJ (`crs-to-lon-lat.test.ts`).
 */
export function utmToLonLat(
  { zone, isSouth }: { readonly zone: number; readonly isSouth: boolean },
  at: { readonly x: number; readonly y: number },
): { readonly lon: number; readonly lat: number } {
  const radiusM = 0.9996 * rectifyingRadiusM;
  const xi = (at.y - (isSouth ? 10_000_000 : 0)) / radiusM;
  const eta = (at.x - 500_000) / radiusM;
  let [xiSphere, etaSphere] = [xi, eta];
  for (const [index, factor] of beta.entries()) {
    const twice = 2 * (index + 1);
    xiSphere -= factor * Math.sin(twice * xi) * Math.cosh(twice * eta);
    etaSphere -= factor * Math.cos(twice * xi) * Math.sinh(twice * eta);
  }
  const conformal = Math.asin(Math.sin(xiSphere) / Math.cosh(etaSphere));
  const lat = delta.reduce((sum, factor, index) => sum + factor * Math.sin(2 * (index + 1) * conformal), conformal);
  const lon = zone * 6 - 183 + Math.atan2(Math.sinh(etaSphere), Math.cos(xiSphere)) / rad;
  return { lon: wrapLongitude(lon), lat: lat / rad };
}
