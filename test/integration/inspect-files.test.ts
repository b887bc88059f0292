import { copyFile, mkdtemp, readdir, readFile, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { inspectFiles } from "@/server/programs/inspect/inspect-files";
import { isAbsent, reference } from "@/test/fixtures/reference";

const katrina = "data/wrf/katrina_d01_mercator.nc";

test.skipIf(isAbsent(katrina))(`a folder is its NetCDF files, whatever their names (${katrina})`, async () => {
  const folder = await aFolder();
  await copyFile(reference(katrina), join(folder, "weather.dat"));
  await writeFile(join(folder, "README.txt"), "not data");
  const lines: string[] = [];
  const met = await inspectFiles([folder], { source: "file", scratchPath: folder, log: (line) => lines.push(line) });
  expect(met.files.map((file) => file.path)).toEqual([join(folder, "weather.dat")]);
  expect(met.frames).toHaveLength(4);
  expect(lines.some((line) => line.includes("README.txt is passed over"))).toBe(true);
});

test("a file in a folder that is NetCDF by its name alone is refused, so that no hour is lost without a word", async () => {
  const folder = await aFolder();
  await writeFile(join(folder, "wrfout_d01_2026-07-01_00:00:00"), "not data");
  await expect(
    inspectFiles([folder], { source: "file", scratchPath: folder, log: () => undefined }),
  ).rejects.toMatchObject({ code: "format-unknown", fields: { file: join(folder, "wrfout_d01_2026-07-01_00:00:00") } });
});

test.skipIf(isAbsent(katrina))(`an address is looked at through a copy that is removed (${katrina})`, async () => {
  const bytes = await readFile(reference(katrina));
  const server = createServer((_, response) => response.end(bytes));
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}/wrfout`;
  const scratchPath = await aFolder();
  const met = await inspectFiles([url], { source: "web", scratchPath, log: () => undefined });
  await new Promise((done) => server.close(done));
  expect(met.files).toEqual([{ path: url, sizeBytes: bytes.length, sha256: expect.stringMatching(/^[0-9a-f]{64}$/) }]);
  expect(await readdir(scratchPath)).toEqual([]);
});

test("a folder without NetCDF and a path that is not there are refused by name", async () => {
  const folder = await aFolder();
  const options = { source: "file", scratchPath: folder, log: () => undefined };
  await expect(inspectFiles([folder], options)).rejects.toMatchObject({
    code: "file-unreadable",
    fields: { file: folder },
  });
  const lost = join(folder, "lost.nc");
  await expect(inspectFiles([lost], options)).rejects.toMatchObject({
    code: "file-unreadable",
    fields: { file: lost },
  });
});

function aFolder(): Promise<string> {
  return mkdtemp(join(tmpdir(), "nereus-inspect-"));
}

const wind = "data/grib/simple_packing_t500.grib2";

test.skipIf(isAbsent(wind) || isAbsent(katrina))(
  `other formats in a folder of weather are passed over (${wind})`,
  async () => {
    const folder = await aFolder();
    await copyFile(reference(katrina), join(folder, "weather.dat"));
    await copyFile(reference(wind), join(folder, "wind.dat"));
    const met = await inspectFiles([folder], { source: "file", scratchPath: folder, log: () => undefined });
    expect(met.files.map((file) => file.path)).toEqual([join(folder, "weather.dat")]);
  },
);
