/** WGS 84: equatorial radius in m, and the square of the first eccentricity. */
const equatorialRadiusM = 6_378_137;
const eccentricitySquared = 6.694379990141317e-3;

/**
 * Radii of curvature of the earth's ellipsoid (WGS 84) at a latitude, m: along the meridian, so that d(lat)/dt = v /
 * meridianM, and of the parallel's circle over cos(lat), so that d(lon)/dt = u / (normalM cos(lat)).
 */
function earthRadii(latDeg: number): { readonly meridianM: number; readonly normalM: number } {
  const sine = Math.sin((latDeg * Math.PI) / 180);
  const root = Math.sqrt(1 - eccentricitySquared * sine * sine);
  return {
    meridianM: (equatorialRadiusM * (1 - eccentricitySquared)) / (root * root * root),
    normalM: equatorialRadiusM / root,
  };
}

/** Rate of (lon, lat) in degrees per second of something that moves eastward and northward, m s-1. */
export function degreesPerSecond(latDeg: number, eastMs: number, northMs: number): readonly [number, number] {
  const { meridianM, normalM } = earthRadii(latDeg);
  const perRadian = 180 / Math.PI;
  return [(eastMs / (normalM * Math.cos(latDeg / perRadian))) * perRadian, (northMs / meridianM) * perRadian];
}
