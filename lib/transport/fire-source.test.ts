import { expect, test } from "vitest";
import { fireSource } from "@/lib/transport/fire-source";
import { fuels } from "@/lib/transport/fuel";

test("10 ha of maquis over 3 h emit 1075.5 kg of PM2.5 and release 2790 GJ", () => {
  const fire = fireSource({
    areaHa: 10,
    consumedKgPerM2: fuels.maquis.consumedKgPerM2.mean,
    emissionGramsPerKg: fuels.maquis.pm25GramsPerKg.mean,
    durationSeconds: fuels.maquis.burningHours * 3600,
  });
  expect(fire.fuelKg).toBeCloseTo(150_000, 6);
  expect(fire.emittedKg).toBeCloseTo(1075.5, 6);
  expect(fire.emissionKgPerSecond * 1000).toBeCloseTo(99.58333333, 6);
  expect(fire.heatJoules / 1e9).toBeCloseTo(2790, 6);
  expect(fire.heatWatts / 258333333.3).toBeCloseTo(1, 9);
  expect(fire.radiativePowerWatts / 37741545.89).toBeCloseTo(1, 9);
});
