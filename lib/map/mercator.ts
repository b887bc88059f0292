/**
 * Web Mercator as the map uses it: the world is the unit square, x grows eastward from 180 W, y grows southward.
 * @param longitude degrees
 * @param latitude degrees, cut at 85.0511 where the square ends
 * @returns [x, y], 0..1
 */
export function toMercator(longitude: number, latitude: number): readonly [number, number] {
  const clamped = Math.max(-limitLatitude, Math.min(limitLatitude, latitude));
  const phi = (clamped * Math.PI) / 180;
  return [(longitude + 180) / 360, 0.5 - Math.log(Math.tan(Math.PI / 4 + phi / 2)) / (2 * Math.PI)];
}

const limitLatitude = 85.051129;
