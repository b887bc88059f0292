import { readFileSync } from "node:fs";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { hasBrowser, launchBrowser, shootOnFailure, type Visitor, visit } from "@/test/e2e/browser";
import { drawnField } from "@/test/e2e/map-pixels";
import { type Portal, startPortal } from "@/test/e2e/portal";
import { untilForecast } from "@/test/e2e/until-forecast";
import { countRequests, scrub, untilBuffered } from "@/test/portal/scrub";

describe.skipIf(!hasBrowser)("the forecast map (chromium)", () => {
  let portal: Portal;
  let browser: Browser;
  let visitor: Visitor;

  beforeAll(async () => {
    portal = await startPortal();
    browser = await launchBrowser();
    visitor = await visit(browser, portal.origin);
    await untilForecast(visitor.context.request);
  });
  beforeEach(() => shootOnFailure(visitor));
  afterAll(async () => {
    await browser?.close();
    await portal?.stop();
  });

  test("once buffered, all hours are scrubbed without a blank frame and without a request", async () => {
    await visitor.page.goto("/?layer=wind");
    await drawnField(visitor.page, "demo-weather/");
    await untilBuffered(visitor.page);
    const { steps, blankFrames, requests } = await scrub(visitor.page);
    expect(steps).toBe(37);
    expect({ blankFrames, requests }).toEqual({ blankFrames: 0, requests: [] });
  });

  test("colours, unit, threshold, opacity and lines are changed without a request, and the link keeps them", async () => {
    const { page } = visitor;
    const requests = await countRequests(page, async () => {
      await page.getByLabel("Colours").selectOption("wrf5-wind-kt-lamma");
      await page.getByRole("button", { name: "kt", exact: true }).click();
      await page.getByLabel("Only values from").fill("5");
      await page.getByLabel("Opacity").fill("60");
      await page.getByText("Isolines").click();
      await page.getByText("Show the cells").click();
      await page.waitForURL(/show=cells\.isolines/);
    });
    expect(requests).toEqual([]);
    await page.reload();
    await drawnField(page, "demo-weather/");
    await expect.poll(() => page.getByLabel("Only values from").inputValue()).toBe("5");
    expect(await page.getByLabel("Colours").inputValue()).toBe("wrf5-wind-kt-lamma");
    expect(await page.getByLabel("Opacity").inputValue()).toBe("60");
    expect(await page.getByLabel("Isolines").isChecked()).toBe(true);
    expect(await page.getByRole("button", { name: "kt", exact: true }).getAttribute("aria-pressed")).toBe("true");
  });

  test("a click gives the hours of the place as curves, a table and CSV, from one chunk a variable", async () => {
    const { page } = visitor;
    await page.goto("/?layer=temperature&lat=40.85&lon=14.27");
    await page.getByRole("img", { name: /^Temperature: between/ }).waitFor();
    await page.getByRole("img", { name: /^Wind: between/ }).waitFor();
    await page.getByRole("img", { name: /^Mixing height: between/ }).waitFor();
    const download = page.waitForEvent("download");
    await page.getByRole("button", { name: "Save as CSV" }).click();
    const lines = readFileSync(await (await download).path(), "utf8").split("\r\n");
    expect(lines.find((line) => line.startsWith("time_utc"))).toBe(
      "time_utc,Temperature (°C),Wind (m/s),Mixing height (m)",
    );
    const hours = lines.filter((line) => /^\d{4}-.*Z,/.test(line));
    expect(hours.length).toBe(37);
    const value = Number.parseFloat(await page.getByTestId("probe-value").innerText());
    expect(hours.some((line) => Number(line.split(",")[1]) === value)).toBe(true);
  });

  test("the picture, and the call for this map, are taken along", async () => {
    const { page } = visitor;
    await page.getByRole("button", { name: "Take this map along" }).click();
    const download = page.waitForEvent("download");
    await page.getByRole("button", { name: "Save the picture (PNG)" }).click();
    const bytes = readFileSync(await (await download).path());
    expect(bytes.subarray(1, 4).toString()).toBe("PNG");
    expect(bytes.length).toBeGreaterThan(20_000);
    const command = await page.locator("pre").innerText();
    const address = /'(http[^']+\/\d+\.0\.0)'/.exec(command)?.[1] ?? "";
    expect((await fetch(address)).status).toBe(200);
    await page.keyboard.press("Escape");
  });

  test("a step that does not arrive is told in the page, and asked for again", async () => {
    const { page } = visitor;
    const steps = /map\.zarr\/t2\/\d+\.0\.0$/;
    await page.route(steps, (route) => route.fulfill({ status: 503 }));
    await page.goto("/?layer=temperature");
    const again = page.getByRole("button", { name: "Try again" });
    await again.waitFor();
    await page.unroute(steps);
    await again.click();
    await drawnField(page, "demo-weather/");
  });

  test("where WebGL is missing the poster stays, with a sentence, and the hours in words", async () => {
    const { page, close } = await visit(browser, portal.origin);
    await page.addInitScript(() => {
      HTMLCanvasElement.prototype.getContext = () => null;
    });
    await page.goto("/");
    await page.getByText("This browser cannot draw the map").waitFor();
    const poster = page.getByTestId("poster");
    expect(await poster.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(300);
    await page.getByText("The hours in words").click();
    await page.getByText(/^Wind, .*: between/).waitFor();
    await close();
  });

  test("when the graphics memory is lost the page says so, and the map comes back with it", async () => {
    const { page } = visitor;
    await page.goto("/?layer=wind");
    await drawnField(page, "demo-weather/");
    await page.evaluate(() => {
      const canvas = document.querySelector<HTMLCanvasElement>("[data-testid=forecast-map] canvas");
      const extension = canvas?.getContext("webgl2")?.getExtension("WEBGL_lose_context");
      Object.assign(window, { giveBack: () => extension?.restoreContext() });
      extension?.loseContext();
    });
    await page.getByText("The browser took the map’s graphics memory away").waitFor();
    await page.getByTestId("poster").waitFor();
    await page.evaluate(() => Reflect.get(window, "giveBack")());
    await page.getByText("The browser took the map’s graphics memory away").waitFor({ state: "detached" });
    await drawnField(page, "demo-weather/");
  });

  test("without scripts the page has the picture, the state and the hours", async () => {
    const { page, close } = await visit(browser, portal.origin, { javaScriptEnabled: false });
    await page.goto("/");
    const poster = page.getByTestId("poster");
    await poster.waitFor();
    expect(await page.locator("noscript p").innerText()).toContain("Without JavaScript the map is this picture");
    await page.getByText("The hours in words").click();
    await page.getByRole("cell").first().waitFor();
    await close();
  });

  test("no page asked another host or complained but about what was refused", () =>
    visitor.expectClean(/status of 503|context/i));
});
