import { demoDomain } from "@/lib/geo/demo-domain";
import { projectionOf } from "@/lib/geo/projection";

/** A position on the domain: degrees, map factor, and WRF's SINALPHA and COSALPHA. */
export type Place = { lat: number; lon: number; mapFactor: number; sinAlpha: number; cosAlpha: number };

const projection = projectionOf(demoDomain.projection);

/** Position of a fractional grid index; cell centres sit at integers. */
export function placeAt(i: number, j: number): Place {
  const { lat, lon } = projection.toLonLat(demoDomain.x0 + i * demoDomain.dX, demoDomain.y0 + j * demoDomain.dY);
  // WRF measures the angle from north to the grid's y axis, the other way round.
  const alpha = (-projection.convergenceDeg(lon) * Math.PI) / 180;
  return { lat, lon, mapFactor: projection.mapFactor(lat), sinAlpha: Math.sin(alpha), cosAlpha: Math.cos(alpha) };
}
