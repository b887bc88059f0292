const rad = Math.PI / 180;
const dayMs = 86_400_000;
/** 1 langley an hour, W m-2. */
export const langleyPerHourWm2 = 11.62;

/**
 * Short-wave light at the ground, W m-2.
 * @param cloudShare  of the sky, 0 to 1
 * Source: declination of the sun from Spencer (1971); clear sky and clouds from Kasten and Czeplak (1980),
 * G = (910 sin(elevation) - 30) (1 - 0.75 n^3.4).
 */
export function sunlightWm2(
  place: { readonly lon: number; readonly lat: number },
  at: Date,
  cloudShare: number,
): number {
  const year = Date.UTC(at.getUTCFullYear(), 0, 1);
  const hours = (at.valueOf() % dayMs) / 3_600_000;
  const angle = (2 * Math.PI * (at.valueOf() - year)) / (365 * dayMs);
  const declination =
    0.006918 -
    0.399912 * Math.cos(angle) +
    0.070257 * Math.sin(angle) -
    0.006758 * Math.cos(2 * angle) +
    0.000907 * Math.sin(2 * angle);
  const hourAngle = (15 * (hours - 12) + place.lon + equationOfTimeMinutes(angle) / 4) * rad;
  const latitude = place.lat * rad;
  const sine =
    Math.sin(latitude) * Math.sin(declination) + Math.cos(latitude) * Math.cos(declination) * Math.cos(hourAngle);
  return Math.max(0, 910 * sine - 30) * (1 - 0.75 * cloudShare ** 3.4);
}

/**
 * How far the sun is ahead of the clock, minutes.
 * @param angle  of the day in the year, radians
 * Source: Spencer (1971).
 */
export function equationOfTimeMinutes(angle: number): number {
  const once = 0.001868 * Math.cos(angle) - 0.032077 * Math.sin(angle);
  const twice = -0.014615 * Math.cos(2 * angle) - 0.04089 * Math.sin(2 * angle);
  return 229.18 * (0.000075 + once + twice);
}
