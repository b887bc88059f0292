/** A ring of longitude, latitude, degrees; the last position may repeat the first. */
export type Ring = readonly (readonly [lon: number, lat: number])[];

/** Where mussels grow: an area and the depth at which they hang. */
export type FarmArea = {
  readonly id: string;
  readonly name: string;
  /** Outer rings and holes together: a place inside an odd number of them lies in the farm. */
  readonly rings: readonly Ring[];
  /** Below the surface, m. */
  readonly depthM: number;
};

const metresPerDegree = (6_371_000 * Math.PI) / 180;

/** True inside an odd number of rings. */
export function isInFarm(rings: readonly Ring[], lon: number, lat: number): boolean {
  let inside = false;
  for (const ring of rings)
    for (let at = 0, before = ring.length - 1; at < ring.length; before = at, at += 1) {
      const [x1 = 0, y1 = 0] = ring[at] ?? [];
      const [x0 = 0, y0 = 0] = ring[before] ?? [];
      if (y1 > lat !== y0 > lat && lon < ((x0 - x1) * (lat - y1)) / (y0 - y1) + x1) inside = !inside;
    }
  return inside;
}

/** The box around a farm, degrees. */
export function farmBounds(rings: readonly Ring[]) {
  const [lons, lats] = [rings.flat().map(([lon]) => lon), rings.flat().map(([, lat]) => lat)];
  return {
    west: Math.min(...lons),
    east: Math.max(...lons),
    south: Math.min(...lats),
    north: Math.max(...lats),
  };
}

/** Area of the outer rings less their holes, m2, on the plane at the farm's latitude. */
export function farmAreaM2(rings: readonly Ring[]): number {
  const { south, north } = farmBounds(rings);
  const scale = metresPerDegree ** 2 * Math.cos((((south + north) / 2) * Math.PI) / 180);
  const sizes = rings.map((ring) => {
    const twice = ring.reduce((sum, [lon, lat], at) => {
      const [nextLon = lon, nextLat = lat] = ring[(at + 1) % ring.length] ?? [];
      return sum + lon * nextLat - nextLon * lat;
    }, 0);
    return Math.abs(twice / 2) * scale;
  });
  const holes = rings.map((ring, at) => {
    const [lon = 0, lat = 0] = ring[0] ?? [];
    return rings.filter((other, index) => index !== at && isInFarm([other], lon, lat)).length % 2 === 1;
  });
  return sizes.reduce((sum, size, at) => sum + (holes[at] ? -size : size), 0);
}
