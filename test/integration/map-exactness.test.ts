import { describe, expect, test } from "vitest";
import { readUnpacked } from "@/lib/formats/packing";
import { curvilinearTransform } from "@/lib/map/curvilinear-transform";
import { meshToleranceCells } from "@/lib/map/mesh";
import { openDataset } from "@/server/formats/open-dataset";
import { isAbsent, reference } from "@/test/fixtures/reference";
import { probeField } from "@/test/portal/probe-field";
import { romsDepth, wrfDomain, wrfTemperature } from "@/test/portal/real-field";

describe.skipIf(isAbsent("data/wrf") || isAbsent("data/roms"))("real grids on the map (data/wrf, data/roms)", () => {
  test.each([
    ["WRF temperature", wrfTemperature],
    ["a Lambert grid of 6,000 km", wrfDomain],
    ["ROMS depth on a curvilinear grid", romsDepth],
  ])("10,000 probes of %s read the file's cell within half a published step", async (_, load) => {
    const { probes, wrong, largestSteps, largestPositionCells } = await probeField(await load());
    expect({ probes, wrong }).toEqual({ probes: 10_000, wrong: 0 });
    expect(largestSteps).toBeGreaterThan(0.4);
    expect(largestPositionCells).toBeLessThanOrEqual(meshToleranceCells);
  });

  test("the corners of a curvilinear grid lie on the psi points of its file", async () => {
    const dataset = await openDataset(reference("data/roms/tracpy_grid.nc"));
    const [rows = 0, columns = 0] = dataset.variables.get("lon_rho")?.shape ?? [];
    const read = (name: string) => readUnpacked(dataset, name);
    const transform = curvilinearTransform({ columns, rows, lon: await read("lon_rho"), lat: await read("lat_rho") });
    const [lon, lat] = [await read("lon_psi"), await read("lat_psi")];
    await dataset.close();
    const offsets = Array.from(lon, (each, at) => {
      const [x, y] = transform.toIndex(each, lat[at] ?? 0);
      return Math.hypot(x - (at % (columns - 1)) - 0.5, y - Math.floor(at / (columns - 1)) - 0.5);
    });
    expect(offsets.length).toBe((rows - 1) * (columns - 1));
    expect(Math.max(...offsets)).toBeLessThan(0.01);
  });
});
