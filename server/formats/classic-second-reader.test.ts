import { readFileSync } from "node:fs";
import { NetCDFReader } from "netcdfjs";
import { expect, test } from "vitest";
import { openDataset } from "@/server/formats/open-dataset";
import { isAbsent, reference } from "@/test/fixtures/reference";

const files = [
  "wrf/katrina_d01_mercator_cdf2.nc",
  "wrf/tibet_d01_lambert_allvars_cdf2.nc",
  "wrf/ndfd_wind_20170603T1800.nc",
  "ocean/gebco_2020_tile.nc",
  "ocean/gfs_wind_0p25.nc",
  "ocean/rtofs_currents_64steps.nc",
  "roms/tracpy_grid.nc",
  "odd-files/netcdf/madis-sao.nc",
].map((file) => `data/${file}`);

for (const file of files)
  test.skipIf(isAbsent(file))(`${file} holds the same numbers for netcdfjs, an independent reader`, async () => {
    const dataset = await openDataset(reference(file));
    const other = new NetCDFReader(readFileSync(reference(file)));
    let compared = 0;
    for (const variable of dataset.variables.values()) {
      // It returns the padding of short records as data, so only records of whole words can be compared.
      const rowBytes = variable.shape
        .slice(1)
        .reduce((size, length) => size * length, variable.dtype === "int16" ? 2 : 4);
      if (!["int16", "int32", "float32", "float64"].includes(variable.dtype) || rowBytes % 4 !== 0) continue;
      const mine = await dataset.readRaw(variable.name);
      const theirs: unknown[] = other.getDataVariable(variable.name).flat();
      expect(mine.length, variable.name).toBe(theirs.length);
      const different = mine.findIndex((value, at) => !Object.is(value, theirs[at]) && Number(theirs[at]) !== value);
      expect(different < 0 || Number.isNaN(mine[different]), `${variable.name}[${different}]`).toBe(true);
      compared += 1;
    }
    expect(compared).toBeGreaterThan(2);
    await dataset.close();
  });
