import type { PreviewPlaces, PreviewPlane } from "@/lib/formats/preview/preview-plane";
import type { CellPlacement } from "@/lib/map/mesh";

/** Where the cells of a plane lie, between and half a cell beyond their centres; null where the file does not tell. */
export function placePlane({ nX, nY, places }: PreviewPlane): CellPlacement | null {
  if (places === null || nX < 2 || nY < 2) return null;
  const middle = places.lon[Math.floor(places.lon.length / 2)] ?? 0;
  const lons = places.lon.map((lon) => lon - 360 * Math.round((lon - middle) / 360));
  const read = { axes: axesPlace, plane: planePlace }[places.kind];
  return { nX, nY, toLonLat: (x, y) => read({ ...places, lon: lons }, { nX, nY, x, y }) };
}

type At = { readonly nX: number; readonly nY: number; readonly x: number; readonly y: number };

function axesPlace({ lon, lat }: PreviewPlaces, { x, y }: At): readonly [number, number] {
  return [along(lon, x), along(lat, y)];
}

/** Linear between the entries of a list, and on beyond its ends. */
function along(axis: readonly number[], at: number): number {
  const from = Math.min(Math.max(Math.floor(at), 0), axis.length - 2);
  const [one = 0, other = 0] = [axis[from], axis[from + 1]];
  return one + (at - from) * (other - one);
}

function planePlace({ lon, lat }: PreviewPlaces, { nX, nY, x, y }: At): readonly [number, number] {
  const row = Math.min(Math.max(Math.floor(y), 0), nY - 2);
  const between = (values: readonly number[]) => {
    const [south, north] = [rowOf(values, { row, nX, x }), rowOf(values, { row: row + 1, nX, x })];
    return south + (y - row) * (north - south);
  };
  return [between(lon), between(lat)];
}

function rowOf(
  values: readonly number[],
  at: { readonly row: number; readonly nX: number; readonly x: number },
): number {
  const from = Math.min(Math.max(Math.floor(at.x), 0), at.nX - 2);
  const [one = 0, other = 0] = [values[at.row * at.nX + from], values[at.row * at.nX + from + 1]];
  return one + (at.x - from) * (other - one);
}

/** The integers of a plane; the browser's own order of bytes is that of all machines we know. */
export function integersOf({ integers }: PreviewPlane): Int16Array {
  const bytes = Uint8Array.from(atob(integers), (character) => character.charCodeAt(0));
  return new Int16Array(bytes.buffer);
}

/** The cell whose centre is nearest to a place, and its value; null where it holds none. */
export function valueNear(
  plane: PreviewPlane,
  placement: CellPlacement,
  place: { readonly lon: number; readonly lat: number },
): { readonly x: number; readonly y: number; readonly value: number | null } {
  const shrink = Math.cos((place.lat * Math.PI) / 180);
  let [nearest, least] = [0, Number.POSITIVE_INFINITY];
  for (let cell = 0; cell < plane.nX * plane.nY; cell += 1) {
    const [lon, lat] = placement.toLonLat(cell % plane.nX, Math.floor(cell / plane.nX));
    const distance = ((lon - place.lon) * shrink) ** 2 + (lat - place.lat) ** 2;
    if (distance < least) [nearest, least] = [cell, distance];
  }
  const { scale, offset, fill } = plane.packing;
  const integer = integersOf(plane)[nearest] ?? fill;
  // What is left of zero after packing is no value.
  const decoded = integer * scale + offset;
  const value = integer === fill ? null : Math.abs(decoded) < scale / 2 ? 0 : decoded;
  return { x: (nearest % plane.nX) * plane.stride, y: Math.floor(nearest / plane.nX) * plane.stride, value };
}
