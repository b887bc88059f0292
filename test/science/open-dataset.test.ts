import { existsSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { isNereusError } from "@/lib/errors";
import { decodeTimes } from "@/lib/formats/cf-time";
import type { Dataset } from "@/lib/formats/dataset";
import { readUnpacked } from "@/lib/formats/packing";
import { renderError } from "@/lib/messages/render-error";
import { openDataset } from "@/server/formats/open-dataset";
import { isAbsent, reference } from "@/test/fixtures/reference";

type ExpectedVariable = {
  shape: number[];
  missing?: number;
  min?: number | string | null;
  max?: number | string | null;
  mean?: number | string | null;
  samples?: { index: number[]; value: number | string | null }[];
};
type Expected = {
  format: string;
  verdict: "ok" | "reject";
  reason?: string;
  dims: Record<string, number>;
  time_variable?: string;
  times_utc?: string[];
  variables: Record<string, ExpectedVariable>;
};

const absent = isAbsent("data/expected.json");
const expected: Record<string, Expected> = absent
  ? {}
  : JSON.parse(readFileSync(reference("data/expected.json"), "utf8"));
/** Its reference reader took this NetCDF-4 file as plain HDF5: dimensions as data, declared fill values ignored. */
const plainView = "odd-files/hdf5/pyfive_h5netcdf_test.hdf5";
const files = Object.entries(expected).filter(
  ([file, one]) => /^(CDF\d|NetCDF-4|HDF5)$/.test(one.format) && file !== plainView,
);

test.skipIf(absent)("the reference set is there (data/expected.json)", () => {
  expect(files.length).toBeGreaterThan(100);
  expect(existsSync(reference("data/wrf"))).toBe(true);
});

for (const [file, want] of files.filter(([, one]) => one.verdict === "ok"))
  test(`every number of data/${file} is the reference reader's`, async () => {
    const dataset = await openDataset(reference(`data/${file}`));
    for (const [path, variable] of Object.entries(want.variables)) {
      const name = path.replace(/^\//, "").replace("_nc4_non_coord_", "");
      if (variable.missing !== undefined) await compare(dataset, name, variable);
    }
    for (const [dim, length] of Object.entries(want.dims ?? {}))
      if (dim in dataset.dimensions) expect(dataset.dimensions[dim], dim).toBe(length);
    await dataset.close();
  });

/** A zone `U C` and a start `1-1-1970`: the reference reader guesses UTC and the year 1, ours refuses. */
const badEpochs = ["ocean/time_units_bad_tzo.nc", "odd-files/netcdf/madis-sao.nc"];
const timed = files.filter(
  ([file, one]) => one.times_utc?.length && one.time_variable !== "Times" && !badEpochs.includes(file),
);
for (const [file, want] of timed)
  test(`the times of data/${file} are the reference reader's`, async () => {
    const dataset = await openDataset(reference(`data/${file}`));
    const name = want.time_variable ?? "";
    const { units, calendar } = dataset.variables.get(name)?.attributes ?? {};
    const [from, to] = [want.times_utc?.[0], want.times_utc?.at(-1)];
    const times = decodeTimes(await readUnpacked(dataset, name), {
      units: typeof units === "string" ? units : undefined,
      calendar: typeof calendar === "string" ? calendar : undefined,
      file,
    });
    expect([times[0], times.at(-1)]).toEqual([`${from}Z`, `${to}Z`]);
    await dataset.close();
  });

/** The reference reader lacks filters that ours has; what they hold is checked beside the filters. */
const isBroken = ([, one]: [string, Expected]) => one.verdict === "reject" && !/filter/.test(one.reason ?? "");
for (const [name] of files.filter(isBroken))
  test(`data/${name} is refused with a sentence that names it`, async () => {
    const path = reference(`data/${name}`);
    const error = await readAll(path).catch((cause: unknown) => cause);
    expect(isNereusError(error)).toBe(true);
    if (!isNereusError(error)) return;
    expect(["file-truncated", "format-invalid", "unsupported-feature"]).toContain(error.code);
    expect(renderError(error, "en")).toContain(path);
  });

async function readAll(path: string): Promise<void> {
  const dataset = await openDataset(path);
  for (const name of dataset.variables.keys()) await dataset.readRaw(name);
}

async function compare(dataset: Dataset, name: string, want: ExpectedVariable) {
  expect(dataset.variables.get(name)?.shape, name).toEqual(want.shape);
  const values = await readUnpacked(dataset, name);
  const good = values.filter((value) => !Number.isNaN(value));
  expect(values.length - good.length, `missing cells of ${name}`).toBe(want.missing);
  const sum = good.reduce((total, value) => total + value, 0);
  const extent = Math.max(Math.abs(Number(want.min ?? 0)), Math.abs(Number(want.max ?? 0)));
  const near = (got: number, expected: number | string | null | undefined, what: string, floor = 1e-12) => {
    if (expected === null || expected === undefined || expected === "NaN")
      return expect(Number.isNaN(got), what).toBe(true);
    const wanted = Number(expected);
    if (!Number.isFinite(wanted)) return expect(got, what).toBe(wanted);
    expect(Math.abs(got - wanted), `${what}: ${got}, ${wanted} wanted`).toBeLessThanOrEqual(
      1e-6 * Math.abs(wanted) + floor * extent,
    );
  };
  if (good.length > 0) {
    near(
      good.reduce((a, b) => Math.min(a, b)),
      want.min,
      `min of ${name}`,
    );
    near(
      good.reduce((a, b) => Math.max(a, b)),
      want.max,
      `max of ${name}`,
    );
    if (Number.isFinite(Number(want.min)) && Number.isFinite(Number(want.max)))
      near(sum / good.length, want.mean, `mean of ${name}`, 1e-7);
  }
  for (const { index, value } of want.samples ?? []) {
    const flat = index.reduce((at, i, d) => at * (want.shape[d] ?? 1) + i, 0);
    near(values[flat] ?? Number.NaN, value, `${name}[${index}]`);
  }
}
