import { demoDomain } from "@/lib/geo/demo-domain";

/** A position on the domain: degrees, map factor, and the turn of the grid's axes against east and north. */
export type Place = { lat: number; lon: number; mapFactor: number; sinAlpha: number; cosAlpha: number };

/**
 * Position of a fractional grid index on the Lambert conformal cone of the domain's sphere.
 * Source: Snyder (1987), Map Projections, eq. 15-1 to 15-11; angle of the axes as WRF's SINALPHA and COSALPHA
 */
export function placeAt(i: number, j: number): Place {
  const { x0, y0, dX, dY, projection } = demoDomain;
  const x = x0 + i * dX;
  const y = cone.rho0 - (y0 + j * dY);
  const rho = Math.hypot(x, y);
  const lat = 2 * Math.atan((cone.scale / rho) ** (1 / cone.n)) - Math.PI / 2;
  const turn = Math.atan2(x, y);
  return {
    lat: lat / radian,
    lon: projection.standLon + turn / cone.n / radian,
    mapFactor: (cone.n * rho) / (projection.radiusM * Math.cos(lat)),
    sinAlpha: Math.sin(-turn),
    cosAlpha: Math.cos(-turn),
  };
}

const radian = Math.PI / 180;
const cone = coneOfDomain();

function coneOfDomain() {
  const { projection } = demoDomain;
  if (projection.name !== "lambert") throw new RangeError(`the demonstration domain is ${projection.name}`);
  const [first, second] = [projection.trueLat1 * radian, projection.trueLat2 * radian];
  const stretch = (lat: number) => Math.tan(Math.PI / 4 + lat / 2);
  const n = Math.log(Math.cos(first) / Math.cos(second)) / Math.log(stretch(second) / stretch(first));
  const scale = (projection.radiusM * Math.cos(first) * stretch(first) ** n) / n;
  return { n, scale, rho0: scale / stretch(projection.lat0 * radian) ** n };
}
