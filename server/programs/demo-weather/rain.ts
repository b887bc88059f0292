import { demoDomain } from "@/lib/geo/demo-domain";
import type { Domain } from "@/server/programs/demo-weather/domain";
import { synopticAt } from "@/server/programs/demo-weather/synoptic";

/**
 * Rain of the hour that ends at `hours`, mm, [y, x]: bands 190 km apart that cross from the west at 38 km/h on the days
 * that are drawn wet, more on high ground. None of it is convective.
 * @param hours  since 1970-01-01 00 UTC
 */
export function rainOfHour(domain: Domain, hours: number): Float32Array {
  const { nX, dX } = demoDomain;
  const quarters = [0.125, 0.375, 0.625, 0.875].map((share) => {
    const at = hours - 1 + share;
    return { at, wetness: synopticAt(at).wetness };
  });
  return Float32Array.from(domain.terrainM, (height, cell) => {
    const alongM = (0.85 * (cell % nX) + 0.53 * Math.floor(cell / nX)) * dX;
    const lift = 1 + height / 1_500;
    const rates = quarters.map(({ at, wetness }) => {
      const crest = Math.max(0, Math.sin(alongM / 30_000 - at * 1.27));
      return 6 * wetness * crest * crest * lift;
    });
    return rates.reduce((sum, rate) => sum + rate / rates.length, 0);
  });
}
