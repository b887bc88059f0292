import { assertNever } from "@/lib/assert-never";
import type { Projection } from "@/lib/geo/grid";

/** A projection ready for use: plane coordinates in metres, angles in degrees. */
export type ProjectionFunctions = {
  /** Longitude of any turn; the plane is cut opposite the standard longitude. */
  toPlane(lon: number, lat: number): { readonly x: number; readonly y: number };
  /** Longitude in [-180, 180). */
  toLonLat(x: number, y: number): { readonly lon: number; readonly lat: number };
  /** Length on the plane / length on the sphere; the same in all directions. */
  mapFactor(lat: number): number;
  /**
   * Angle a between the grid's y axis and north: u_earth = u cos a + v sin a, v_earth = v cos a - u sin a for winds u, v
   * along the grid.
   */
  convergenceDeg(lon: number): number;
};

/**
 * WRF's conformal projections on its sphere. Origin of x at the standard longitude; of y at `lat0` (Lambert), the
 * equator (Mercator), the pole (polar stereographic).
 * Source: Snyder (1987), Map projections - a working manual, spherical forms of equations 7, 15 and 21; checked against
 * PROJ through the wrf-projection cases (`projection.test.ts`).
 */
export function projectionOf(projection: Projection): ProjectionFunctions {
  switch (projection.name) {
    case "lambert":
      return lambert(projection);
    case "mercator":
      return mercator(projection);
    case "polar":
      return polar(projection);
    default:
      return assertNever(projection);
  }
}

const rad = Math.PI / 180;

/** Longitude in [-180, 180). */
export function wrapLongitude(lon: number): number {
  return ((((lon + 180) % 360) + 360) % 360) - 180;
}

function lambert({
  trueLat1,
  trueLat2,
  standLon,
  lat0,
  radiusM,
}: Extract<Projection, { name: "lambert" }>): ProjectionFunctions {
  const cone =
    Math.abs(trueLat1 - trueLat2) < 1e-9
      ? Math.sin(trueLat1 * rad)
      : Math.log(Math.cos(trueLat1 * rad) / Math.cos(trueLat2 * rad)) /
        Math.log(halfTangent(trueLat2) / halfTangent(trueLat1));
  const scale = (radiusM * Math.cos(trueLat1 * rad) * halfTangent(trueLat1) ** cone) / cone;
  const distance = (lat: number) => scale / halfTangent(lat) ** cone;
  const origin = distance(lat0);
  return {
    toPlane: (lon, lat) => {
      const angle = cone * wrapLongitude(lon - standLon) * rad;
      const r = distance(lat);
      return { x: r * Math.sin(angle), y: origin - r * Math.cos(angle) };
    },
    toLonLat: (x, y) => {
      const side = Math.sign(cone);
      const r = side * Math.hypot(x, origin - y);
      const angle = Math.atan2(side * x, side * (origin - y));
      const lat = 2 * Math.atan((scale / r) ** (1 / cone)) - Math.PI / 2;
      return { lon: wrapLongitude(standLon + angle / cone / rad), lat: lat / rad };
    },
    mapFactor: (lat) => (cone * distance(lat)) / (radiusM * Math.cos(lat * rad)),
    convergenceDeg: (lon) => cone * wrapLongitude(lon - standLon),
  };
}

function mercator({ trueLat1, standLon, radiusM }: Extract<Projection, { name: "mercator" }>): ProjectionFunctions {
  const scale = radiusM * Math.cos(trueLat1 * rad);
  return {
    toPlane: (lon, lat) => ({
      x: scale * wrapLongitude(lon - standLon) * rad,
      y: scale * Math.log(halfTangent(lat)),
    }),
    toLonLat: (x, y) => ({
      lon: wrapLongitude(standLon + x / scale / rad),
      lat: (2 * Math.atan(Math.exp(y / scale)) - Math.PI / 2) / rad,
    }),
    mapFactor: (lat) => Math.cos(trueLat1 * rad) / Math.cos(lat * rad),
    convergenceDeg: () => 0,
  };
}

function polar({ trueLat1, standLon, radiusM }: Extract<Projection, { name: "polar" }>): ProjectionFunctions {
  const side = trueLat1 < 0 ? -1 : 1;
  const scale = 1 + Math.sin(Math.abs(trueLat1) * rad);
  return {
    toPlane: (lon, lat) => {
      const r = (radiusM * scale * Math.cos(lat * rad)) / (1 + side * Math.sin(lat * rad));
      const angle = (lon - standLon) * rad;
      return { x: r * Math.sin(angle), y: -side * r * Math.cos(angle) };
    },
    toLonLat: (x, y) => {
      const r = Math.hypot(x, y);
      const lat = Math.PI / 2 - 2 * Math.atan(r / (radiusM * scale));
      const lon = r === 0 ? standLon : standLon + Math.atan2(x, -side * y) / rad;
      return { lon: wrapLongitude(lon), lat: (side * lat) / rad };
    },
    mapFactor: (lat) => scale / (1 + side * Math.sin(lat * rad)),
    convergenceDeg: (lon) => side * wrapLongitude(lon - standLon),
  };
}

function halfTangent(lat: number): number {
  return Math.tan(Math.PI / 4 + (lat * rad) / 2);
}
