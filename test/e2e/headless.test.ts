import { spawnSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readNetcdf } from "@/test/e2e/read-netcdf";
import { hasGdal } from "@/test/fixtures/gdal";
import { isAbsent, reference } from "@/test/fixtures/reference";
import { removeHome } from "@/test/fixtures/remove-home";
import { runCli } from "@/test/fixtures/run-cli";

const katrina = { lat: 24.2, lon: -90, start: "2005-08-28T12:00:00Z", hours: 5 };
const tibet = { lat: 30, lon: 87, start: "2005-09-21T01:30:00Z", hours: 4 };
const drivers = [
  { file: "katrina_d01_mercator.nc", ...katrina },
  { file: "katrina_d01_mercator_cdf2.nc", ...katrina },
  { file: "tibet_d01_lambert_allvars.nc", ...tibet },
  { file: "tibet_d01_lambert_allvars_cdf2.nc", ...tibet },
] as const;

let home = "";
beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), "nereus-headless-"));
});
afterAll(() => removeHome(home));

const nereus = (...args: string[]) => runCli([...args, "--json"], { NEREUS_HOME: home });

type Request = { lat: number; lon: number; start: string; hours: number; met: string };

function smoke(request: Request, ...options: string[]) {
  const inputs = Object.entries({ ...request, members: 0 }).flatMap(([name, value]) => ["--input", `${name}=${value}`]);
  return nereus("run", "smoke", ...inputs, ...options);
}

/** The one sentence of a refusal; fails when there is more than that, or when a run was queued. */
async function refusal(request: Request): Promise<{ code: string; message: string }> {
  const { code, stdout, stderr } = await smoke(request, "--wait");
  expect([1, 2], stderr).toContain(code);
  const { error } = JSON.parse(stdout);
  expect(stderr.trim().split("\n").at(-1)).toBe(error.message);
  expect(error.message).not.toMatch(/\n|\bat \/|node_modules/);
  return error;
}

const runIds = async () => {
  const runs: { id: string }[] = JSON.parse((await nereus("runs", "--pipeline", "smoke")).stdout);
  return runs.map(({ id }) => id).sort();
};

describe.skipIf(isAbsent("data/wrf") || !hasGdal)("real weather files (data/wrf, netcdf)", () => {
  test.each(drivers)("$file drives a smoke run to its end", async ({ file, ...request }) => {
    const { code, stdout, stderr } = await smoke({ ...request, met: reference(`data/wrf/${file}`) }, "--wait");
    expect(code, stderr).toBe(0);
    const { runId, state, completeness, timings, products } = JSON.parse(stdout);
    expect({ state, completeness }).toEqual({ state: "completed", completeness: "complete" });
    const [{ netcdf, zarr, cog, stats }] = products;
    expect(stats.ledger.relativeError).toBeLessThanOrEqual(1e-9);
    for (const path of [netcdf, join(zarr, ".zmetadata"), ...cog]) expect(existsSync(path), path).toBe(true);

    // The first layer stands before the model ends.
    const run = JSON.parse((await nereus("show", runId)).stdout);
    const transport = run.tasks.find((task: { nodeId: string }) => task.nodeId === "transport");
    const modelMs = Date.parse(transport.endedAt) - Date.parse(run.createdAt);
    expect(timings.firstLayerMs).toBeLessThan(timings.totalMs);
    expect(timings.firstLayerMs).toBeLessThan(modelMs);

    const { shape, values } = readNetcdf(netcdf, "pm25");
    expect(shape[0]).toBe(request.hours);
    const known = values.filter((value) => value !== null);
    expect(known.length).toBeGreaterThan(values.length / 2);
    expect(known.filter((value) => !Number.isFinite(value) || value < 0)).toEqual([]);
    expect(known.some((value) => value > 1)).toBe(true);
  });

  test("what the four files lack is derived and said with the result", async () => {
    const { stdout } = await smoke({ ...katrina, hours: 1, met: reference(`data/wrf/${drivers[1].file}`) }, "--wait");
    const [{ stats }] = JSON.parse(stdout).products;
    expect(JSON.stringify(stats.degraded)).toMatch(/pblh|boundary/i);
  });

  test("every other file there is refused with what it lacks, and nothing is queued", async () => {
    const before = await runIds();
    const names = readdirSync(reference("data/wrf")).filter((name) => name.endsWith(".nc"));
    const others = names.filter((name) => !drivers.some(({ file }) => file === name));
    expect(others.length).toBeGreaterThanOrEqual(8);
    for (const name of others) {
      const { message } = await refusal({ ...katrina, met: reference(`data/wrf/${name}`) });
      expect(message).toContain(name);
      expect(message, name).toMatch(/it lacks .+|holds no time records/);
    }
    expect(await runIds()).toEqual(before);
  });

  test("a cut file, an hour outside and a point outside are refused, and nothing is queued", async () => {
    const before = await runIds();
    const met = reference(`data/wrf/${drivers[1].file}`);
    const cut = reference("data/odd-files/cut/katrina_d01_mercator.cut.nc");
    expect((await refusal({ ...katrina, met: cut })).message).toContain("katrina_d01_mercator.cut.nc");
    expect((await refusal({ ...katrina, start: "2005-08-30T00:00:00Z", met })).code).toBe("start-outside-times");
    expect((await refusal({ ...katrina, lat: 40.85, lon: 14.27, met })).code).toBe("point-outside-domain");
    expect(await runIds()).toEqual(before);
  });
});

describe("weather as a folder of hours", () => {
  const cycle = "2026-07-01T00Z";
  const request = { lat: 40.8, lon: 14.4, start: "2026-07-01T00:00:00Z", hours: 2 };
  let whole = "";

  /** Hours 0 to 6 of the demonstration weather, by its own program. */
  beforeAll(async () => {
    await nereus("runs");
    const scratch = join(home, "demo");
    whole = join(scratch, "out");
    mkdirSync(whole, { recursive: true });
    const job = { program: "demo-weather", params: { cycle, hours: 6 }, inputs: {}, out: whole };
    writeFileSync(join(scratch, "job.json"), JSON.stringify(job));
    const argv = ["dist/programs/demo-weather.mjs", join(scratch, "job.json")];
    const { status, stderr } = spawnSync(process.execPath, argv, { encoding: "utf8" });
    expect(status, stderr).toBe(0);
  });

  const hourName = (hour: number) => `wrfout_d01_2026-07-01_0${hour}:00:00.nc`;
  function folderOf(name: string, hours: readonly number[]): string {
    const path = join(home, name);
    mkdirSync(path);
    for (const hour of hours) copyFileSync(join(whole, hourName(hour)), join(path, hourName(hour)));
    return path;
  }

  test.each([
    ["the folder", () => whole],
    ["a template of its file names", () => join(whole, "wrfout_d01_{YYYY}-{MM}-{DD}_{HH}:00:00.nc")],
  ])("%s drives a smoke run to its end", async (_name, met) => {
    const { code, stdout, stderr } = await smoke({ ...request, met: met() }, "--wait");
    expect(code, stderr).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ state: "completed", completeness: "complete" });
  });

  test("hours six apart, a text file and a file that is not there are refused, and nothing is queued", async () => {
    const before = await runIds();
    const gap = await refusal({ ...request, met: folderOf("gap", [0, 6]) });
    expect(gap.code).toBe("met-gap-too-long");
    expect(gap.message).toMatch(/miss 6 h/);
    const text = join(home, "text.nc");
    writeFileSync(text, "no weather at all\n");
    expect((await refusal({ ...request, met: text })).code).toBe("format-unknown");
    expect((await refusal({ ...request, met: join(home, "absent.nc") })).message).toContain("absent.nc");
    expect(await runIds()).toEqual(before);
  });

  test("what the request itself has wrong is refused in one sentence, and nothing is queued", async () => {
    const before = await runIds();
    const met = whole;
    expect((await refusal({ ...request, met, lat: 95 })).message).toContain("latitude");
    expect((await refusal({ ...request, met, hours: 100 })).code).toBe("duration-too-long");
    expect((await refusal({ ...request, met, start: "yesterday" })).message).toContain("2026-07-01T12:00:00Z");
    expect((await refusal({ ...request, met, ...{ fuel: "peat" } })).message).toContain("maquis");
    expect(await runIds()).toEqual(before);
  });
});
