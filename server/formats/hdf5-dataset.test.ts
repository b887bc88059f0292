import { join } from "node:path";
import { expect, test } from "vitest";
import { openHdf5 } from "@/server/formats/hdf5-dataset";
import { loadHdf5 } from "@/server/formats/hdf5-library";
import { aFolder } from "@/test/fixtures/a-folder";

test("a variable with fewer records than its unlimited dimension goes on with its fill value, as for NetCDF", async () => {
  await using folder = await aFolder();
  const path = join(folder.path, "short.nc");
  const { File } = await loadHdf5();
  const file = new File(path, "w");
  const growing = { maxshape: [null], chunks: [4] };
  file.create_dataset({ name: "time", data: Float64Array.of(0, 1, 2), shape: [3], ...growing }).make_scale("time");
  file.create_dataset({ name: "x", data: Float64Array.of(5, 6), shape: [2] }).make_scale("x");
  const short = { data: Int16Array.of(1, 2), shape: [1, 2], maxshape: [null, 2], chunks: [1, 2] };
  const wind = file.create_dataset({ name: "wind", ...short });
  wind.attach_scale(0, "/time");
  wind.attach_scale(1, "/x");
  wind.create_attribute("_FillValue", [-9], [1], "<h");
  file.close();

  const dataset = await openHdf5(path, "short.nc");
  expect(dataset.variables.get("wind")?.shape).toEqual([3, 2]);
  expect(await dataset.readRaw("wind")).toEqual(Int16Array.of(1, 2, -9, -9, -9, -9));
  expect(await dataset.readRaw("wind", [0, 1], [2, 1])).toEqual(Int16Array.of(2, -9));
  expect(await dataset.readRaw("wind", [2, 0], [1, 1])).toEqual(Int16Array.of(-9));
  await dataset.close();
});
