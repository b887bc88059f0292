import { gunzipSync } from "node:zlib";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { hasBrowser, launchBrowser, shootOnFailure, type Visitor, visit } from "@/test/e2e/browser";
import { drawnField } from "@/test/e2e/map-pixels";
import { type Portal, startPortal } from "@/test/e2e/portal";
import { signInFirst } from "@/test/e2e/sign-in";
import { untilForecast } from "@/test/e2e/until-forecast";
import { violations } from "@/test/e2e/violations";
import { aSmokeHour } from "@/test/fixtures/a-smoke-hour";
import { until } from "@/test/fixtures/until";

const grid = { kind: "latlon", nX: 60, nY: 50, lon0: 14, lat0: 40.5, dLon: 0.002, dLat: 0.0015 } as const;

describe.skipIf(!hasBrowser)("a visitor looks into a file and takes parts of a product (chromium)", () => {
  let portal: Portal;
  let browser: Browser;
  let visitor: Visitor;

  beforeAll(async () => {
    portal = await startPortal();
    browser = await launchBrowser();
    visitor = await visit(browser, portal.origin);
    await untilForecast(visitor.context.request);
    await signInFirst(visitor.page, portal.admin, "/preview");
  });
  beforeEach(() => shootOnFailure(visitor));
  afterAll(async () => {
    await browser?.close();
    await portal?.stop();
  });

  test("a file that is sent is described and drawn, and its values are read", async () => {
    const { page } = visitor;
    const buffer = Buffer.from(aSmokeHour(grid, { time: "2026-07-01T02:00:00Z", index: 1 }));
    await lookInto({ name: "plume.nc", mimeType: "application/x-netcdf", buffer });
    const facts = page.getByRole("region", { name: "What it is and holds" });
    await facts.getByText("2026-07-01T02:00:00Z").waitFor();
    expect(await facts.getByRole("row").count()).toBeGreaterThan(3);
    await page.getByLabel("Variable", { exact: true }).selectOption("pm25");
    await drawnField(page, "preview/pm25");
    await page.getByTestId("forecast-map").click({ position: { x: 200, y: 150 } });
    await page
      .getByRole("status")
      .getByText(/^Row \d+, column \d+: [\d.,\u2009]+/)
      .waitFor();
    expect(await violations(page)).toEqual([]);
  });

  test("a private address is refused in a sentence", async () => {
    const { page } = visitor;
    await page.getByLabel("Or a public address").fill("http://127.0.0.1:9/a.nc");
    await page.getByRole("button", { name: "Fetch and look" }).click();
    await page.getByRole("alert").getByText("127.0.0.1 is a private address").waitFor();
  });

  test("isolines, bands and tables of the newest forecast are made while one waits", async () => {
    const { request } = visitor.context;
    const time = await firstTime();
    const ask = async (query: string) => {
      const answer = await request.get(`/api/subset/demo-weather/latest?variables=wind_speed&time=${time}&${query}`);
      return { status: answer.status(), type: answer.headers()["content-type"], text: await answer.text() };
    };
    const bands = await ask("format=geojson&contours=polygons");
    expect([bands.status, bands.type]).toEqual([200, "application/geo+json"]);
    const { features, licence, run } = JSON.parse(bands.text);
    expect(features.length).toBeGreaterThan(2);
    expect([licence, run]).toEqual([expect.any(String), expect.stringMatching(/-g1$/)]);
    expect(await ask("format=kml&contours=lines")).toMatchObject({
      status: 200,
      text: expect.stringContaining("<kml"),
    });
    expect((await ask("format=csv")).text).toContain("wind_speed (m s-1)");
    expect((await ask("format=gif")).status).toBe(400);
  });

  /** Sends a file; a button that is pressed before the page has come to life does nothing yet. */
  async function lookInto(file: { name: string; mimeType: string; buffer: Buffer }): Promise<void> {
    const { page } = visitor;
    await until(
      "the file has been looked into",
      async () => {
        await page.getByLabel("A file of yours").setInputFiles(file);
        await page.getByRole("button", { name: "Send and look" }).click();
        const facts = page.getByRole("region", { name: "What it is and holds" });
        return facts.waitFor({ timeout: 20_000 }).then(
          () => true,
          () => null,
        );
      },
      120_000,
    );
  }

  async function firstTime(): Promise<string> {
    const answer = await visitor.context.request.get("/api/zarr/demo-weather/latest/map.zarr/time/0");
    const times = new Float64Array(Uint8Array.from(gunzipSync(await answer.body())).buffer);
    return new Date((times[0] ?? 0) * 1000).toISOString();
  }
});
