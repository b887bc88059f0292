import { expect, test } from "vitest";
import { readUnpacked } from "@/lib/formats/packing";
import { readModelGrid } from "@/lib/formats/read-model-grid";
import type { ModelGrid } from "@/lib/geo/model-grid";
import { openDataset } from "@/server/formats/open-dataset";
import { isAbsent, reference } from "@/test/fixtures/reference";

/** Real files, the names of their coordinates and the kind of their grid. */
const files: readonly (readonly [string, string, string, ModelGrid["kind"]])[] = [
  ["wrf/katrina_d01_mercator.nc", "XLAT", "XLONG", "projected"],
  ["wrf/tibet_d01_lambert_allvars.nc", "XLAT", "XLONG", "projected"],
  ["wrf/geo_em_d01_lambert.nc", "XLAT_M", "XLONG_M", "curvilinear"],
  ["wrf/geo_em_d01_polarstereo.nc", "XLAT_M", "XLONG_M", "curvilinear"],
  ["wrf/geo_em_d01_rotated_latlon.nc", "XLAT_M", "XLONG_M", "curvilinear"],
  ["roms/nordic4_avg_3days.nc", "lat_rho", "lon_rho", "curvilinear"],
  ["roms/roms_tools_grid.nc", "lat_rho", "lon_rho", "curvilinear"],
  ["ocean/cmems_baltic_3days.nc", "latitude", "longitude", "latlon"],
  ["ocean/gfs_wind_italy_south_20210902.nc", "lat", "lon", "latlon"],
];

for (const [file, latName, lonName, kind] of files)
  test.skipIf(isAbsent(`data/${file}`))(
    `data/${file}: every index of its ${kind} grid leads to its place and back`,
    async () => {
      const dataset = await openDataset(reference(`data/${file}`));
      const grid = await readModelGrid(dataset);
      const [lat, lon] = [await readUnpacked(dataset, latName), await readUnpacked(dataset, lonName)];
      await dataset.close();
      if (grid === null) throw new Error("it has a grid");
      expect(grid.kind).toBe(kind);
      const isPlane = lat.length === grid.nY && lon.length === grid.nX;
      for (let n = 0; n < 200; n += 1) {
        const [i, j] = [(n * 7) % grid.nX, (n * 13) % grid.nY];
        const place = grid.toLonLat(i, j);
        const at = j * grid.nX + i;
        expect(place.lat).toBeCloseTo(lat[isPlane ? j : at] ?? Number.NaN, 3);
        expect(Math.cos(((place.lon - (lon[isPlane ? i : at] ?? Number.NaN)) * Math.PI) / 180)).toBeCloseTo(1, 8);
        const [x, y] = [Math.min(i + 0.3, grid.nX - 1), Math.min(j + 0.6, grid.nY - 1)];
        const middle = grid.toLonLat(x, y);
        const back = grid.locate(middle.lon, middle.lat);
        expect(Math.abs((back?.i ?? Number.NaN) - x)).toBeLessThan(1e-6);
        expect(Math.abs((back?.j ?? Number.NaN) - y)).toBeLessThan(1e-6);
        expect(grid.metric(x, y).perMetreX).toBeGreaterThan(0);
      }
    },
  );

const nordic = "data/roms/nordic4_avg_3days.nc";

test.skipIf(isAbsent(nordic))("levels of a ROMS column lie between bottom and surface, and rise with it", async () => {
  const dataset = await openDataset(reference(nordic));
  const grid = await readModelGrid(dataset);
  await dataset.close();
  const [rest, risen] = [0, 1].map(
    (surface) => grid?.vertical?.heightsM({ i: 15, j: 10 }, surface) ?? new Float64Array(),
  );
  expect(rest).toHaveLength(35);
  expect(rest?.every((height, k) => height < 0 && (k === 0 || height > (rest[k - 1] ?? 0)))).toBe(true);
  expect((risen?.at(-1) ?? 0) - (rest?.at(-1) ?? 0)).toBeCloseTo(1, 1);
});

const ideal = "data/wrf/wrf_attrs_only_zero_records.nc";

test.skipIf(isAbsent(ideal))("a file of single places has no grid", async () => {
  const dataset = await openDataset(reference(ideal));
  expect(await readModelGrid(dataset)).toBeNull();
  await dataset.close();
});
