import { demoDomain } from "@/lib/geo/demo-domain";
import { balanceMass, type MassBalance, type StaggeredWind } from "@/server/programs/demo-weather/balance-mass";
import { dayCycleAt } from "@/server/programs/demo-weather/day-cycle";
import type { Domain } from "@/server/programs/demo-weather/domain";
import { lowestOnMassPoints, type Surface, surfaceFields } from "@/server/programs/demo-weather/surface";
import { synopticAt } from "@/server/programs/demo-weather/synoptic";
import { type Thermodynamics, thermodynamics } from "@/server/programs/demo-weather/thermodynamics";
import { windOnMassPoints } from "@/server/programs/demo-weather/wind";

/** The whole state of one hour. */
export type DemoHour = { readonly wind: StaggeredWind; readonly surface: Surface; readonly air: Thermodynamics };

/**
 * The state at one time; depends on the time alone, up to the tolerance of the mass balance.
 * @param hours  since 1970-01-01 00 UTC
 * @param balance  its potential is the first guess and is overwritten
 */
export function simulateHour(domain: Domain, balance: MassBalance, hours: number): DemoHour {
  const [synoptic, day] = [synopticAt(hours), dayCycleAt(hours)];
  const wind = balanceMass(domain, windOnMassPoints(domain, synoptic, day), balance);
  const surface = surfaceFields(domain, day, lowestOnMassPoints(wind.u, wind.v, demoDomain));
  return { wind, surface, air: thermodynamics(domain, surface, { synoptic, day }) };
}
