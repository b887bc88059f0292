import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { demoDomain } from "@/lib/geo/demo-domain";
import { gridTransform } from "@/lib/map/grid-transform";
import { classOf } from "@/lib/map/palette";
import { drawnInteger } from "@/lib/map/sample-field";
import { demoWeatherLayers } from "@/pipelines/demo-weather/layers";
import { smokeLayers } from "@/pipelines/smoke/layers";
import { hasBrowser, launchBrowser, shootOnFailure, type Visitor, visit } from "@/test/e2e/browser";
import { query } from "@/test/e2e/call-api";
import { drawnField, readMapPixels } from "@/test/e2e/map-pixels";
import { type Portal, startPortal } from "@/test/e2e/portal";
import { readNetcdf } from "@/test/e2e/read-netcdf";
import { signInFirst } from "@/test/e2e/sign-in";
import { hasGdal, runTool } from "@/test/fixtures/gdal";
import { until } from "@/test/fixtures/until";

const folder = mkdtempSync(join(tmpdir(), "nereus-e2e-"));
const runMs = 600_000;

/** The main job of the portal from the first map to the file on disk; each test goes on where the last one ended. */
describe.skipIf(!hasBrowser || !hasGdal)("a person asks where smoke goes (chromium, gdal, netcdf)", () => {
  let portal: Portal;
  let browser: Browser;
  let visitor: Visitor;
  let runId = "";

  beforeAll(async () => {
    portal = await startPortal();
    browser = await launchBrowser();
    visitor = await visit(browser, portal.origin);
  });
  beforeEach(() => shootOnFailure(visitor));
  afterAll(async () => {
    await browser?.close();
    await portal?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const runStateOf = async (id: string) => {
    const { data } = await query(visitor.context.request, "runs.get", { runId: id });
    return typeof data === "object" && data !== null && "state" in data ? data.state : null;
  };

  /** Follows the catalogue's links to the files of a product's newest run and saves one. */
  async function download(product: string, link: RegExp, name: string): Promise<string> {
    const { page } = visitor;
    await page.goto(`/data/${product}`);
    if (await page.getByText("GeoTIFF (COG)").isVisible()) await page.getByText("GeoTIFF (COG)").click();
    const started = page.waitForEvent("download");
    await page.getByRole("link", { name: link }).first().click();
    const path = join(folder, name);
    await (await started).saveAs(path);
    return path;
  }

  test("the first forecast comes on the map by itself, without a reload", async () => {
    await visitor.page.goto("/");
    const [product] = await drawnField(visitor.page, "demo-weather/");
    expect(product).toBe("demo-weather");
    await visitor.page.getByText("Demonstration data: made up, not a forecast").waitFor();
  });

  test("the demonstration weather is drawn inside its domain only, in the colours of the file's numbers", async () => {
    const { page } = visitor;
    await page.locator('[aria-label="What is shown"] [data-state=completed]').waitFor({ timeout: runMs });
    const [, , variable, stepText] = await drawnField(page, "demo-weather/");
    expect(variable).toBe("wind_speed");
    const step = Number(stepText);
    const pixels = await readMapPixels(page, 8);
    const flag = await page.getByTestId("probe-value").locator("..").innerText();
    const file = readNetcdf(await download("demo-weather", /NetCDF, all hours/, "weather.nc"), "wind_speed");
    const { nX, nY } = demoDomain;
    expect(file.shape).toEqual([37, nY, nX]);
    const field = file.values.slice(step * nY * nX, (step + 1) * nY * nX);

    // The flag stands at the last click.
    const [, value, x, y] = /([\d.]+) m\/s[\s\S]*cell (\d+), (\d+)/.exec(flag) ?? [];
    const wanted = field[Number(y) * nX + Number(x)] ?? Number.NaN;
    expect(Math.abs(Number(value) - wanted), flag).toBeLessThanOrEqual(file.step / 2 + 1e-9);

    const palette = demoWeatherLayers[0]?.palette;
    if (!palette) throw new Error("no layer");
    const stored = Int16Array.from(field, (each) => (each === null ? -32_768 : Math.round(each / file.step)));
    const grid = gridTransform(demoDomain);
    const seen = { right: 0, other: 0, outside: 0, colouredOutside: 0 };
    for (const { lon, lat, colour } of pixels) {
      const [gridX, gridY] = grid.toIndex(lon, lat);
      const drawn = drawnInteger(stored, { nX, nY }, { gridX, gridY, fill: -32_768 });
      if (drawn !== null) {
        // A pixel's place is known to about a tenth of a cell.
        const near = [-0.3, 0, 0.3].map((by) => palette.light[classOf(palette, (drawn + by) * file.step)]);
        if (near.includes(colour)) seen.right += 1;
        else seen.other += 1;
      } else if (gridX < -1.5 || gridY < -1.5 || gridX > nX + 0.5 || gridY > nY + 0.5) {
        seen.outside += 1;
        if (palette.light.includes(colour)) seen.colouredOutside += 1;
      }
    }
    // Coast, borders and names lie over the field.
    expect(seen.right, JSON.stringify(seen)).toBeGreaterThan(0.75 * (seen.right + seen.other));
    expect(seen.right).toBeGreaterThan(1000);
    expect(seen.outside).toBeGreaterThan(500);
    expect(seen.colouredOutside).toBe(0);
  });

  test("the administrator signs in with the printed password, chooses another and stands at the form", async () => {
    await signInFirst(visitor.page, portal.admin, "/requests/new");
    await visitor.page.getByRole("heading", { name: "Where the smoke goes" }).waitFor();
  });

  test("a click on the map gives the place, and the run page follows the run without a reload", async () => {
    const { page } = visitor;
    const map = page.getByTestId("point-picker").locator("canvas");
    await map.click();
    await expect.poll(() => page.getByLabel("Latitude").inputValue(), { timeout: 30_000 }).toMatch(/^4\d\.\d{4}$/);
    await page.getByRole("button", { name: "Start the simulation" }).click();
    await page.waitForURL(/\/runs\/[^/]+$/);
    runId = new URL(page.url()).pathname.split("/").at(-1) ?? "";
    await page.evaluate(() => Object.assign(window, { sameDocument: true }));
    const tasks = page.locator("header", { hasText: /\d+ of \d+ tasks/ });
    const before = await tasks.innerText();
    await expect.poll(() => tasks.innerText(), { timeout: runMs }).not.toBe(before);
    await page.getByRole("link", { name: "Open on the map" }).waitFor({ timeout: runMs });
    expect(await page.evaluate(() => "sameDocument" in window)).toBe(true);
  });

  test("the first hour is on the map while the model still runs", async () => {
    await visitor.page.getByRole("link", { name: "Open on the map" }).click();
    await drawnField(visitor.page, `smoke/${runId}`);
    expect(await runStateOf(runId)).toBe("running");
  });

  test("the run completes, and its plume is coloured and has the values of its file", async () => {
    const { page } = visitor;
    await until("the run ends", async () => ((await runStateOf(runId)) === "completed" ? true : null), runMs);
    const path = await download("smoke", /NetCDF, all hours/, "smoke.nc");
    const pm25 = readNetcdf(path, "pm25");
    const [, nLat = 0, nLon = 0] = pm25.shape;
    const lats = readNetcdf(path, "lat").values;
    const lons = readNetcdf(path, "lon").values;
    const highest = pm25.values.reduce<number>((top, each) => Math.max(top, each ?? 0), 0);
    expect(highest).toBeGreaterThan(10);
    expect(pm25.values.every((each) => each === null || (Number.isFinite(each) && each >= 0))).toBe(true);
    const at = pm25.values.indexOf(highest);
    const step = Math.floor(at / (nLat * nLon));
    const lat = lats[Math.floor((at % (nLat * nLon)) / nLon)];
    const lon = lons[at % nLon];

    await page.goto(`/?product=smoke&run=${runId}&layer=smoke-pm25&lat=${lat}&lon=${lon}`);
    await drawnField(page, `smoke/${runId}`);
    await page.getByLabel("Valid time").fill(String(step));
    await drawnField(page, `smoke/${runId}`, `/pm25/${step}`);
    const value = (await page.getByTestId("probe-value").innerText()).replace(/[\u2009\s]/g, "");
    expect(Math.abs(Number.parseFloat(value) - highest), value).toBeLessThanOrEqual(pm25.step / 2 + 1e-6);

    const colours = new Set((await readMapPixels(page, 2)).map(({ colour }) => colour));
    const classes = smokeLayers[0]?.palette.light ?? [];
    expect(classes.filter((each) => colours.has(each)).length).toBeGreaterThanOrEqual(3);
  });

  test("the downloaded files open with ncdump and gdalinfo", async () => {
    const netcdf = join(folder, "smoke.nc");
    const header = runTool("ncdump", "-h", netcdf);
    expect(header.exitCode, header.stderr).toBe(0);
    expect(header.stdout).toContain('Conventions = "CF-1.8');
    expect(header.stdout).toContain(runId);
    const info = runTool("gdalinfo", `NETCDF:${netcdf}:pm25`);
    expect(info.exitCode, info.stderr).toBe(0);
    expect(info.stdout).toContain("Driver: netCDF");
    const cog = runTool("gdalinfo", await download("smoke", /\.tif$/, "hour.tif"));
    expect(cog.exitCode, cog.stderr).toBe(0);
    expect(cog.stdout).toContain("LAYOUT=COG");
  });

  test("no page asked another host or complained", () => visitor.expectClean());
});
